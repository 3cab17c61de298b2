"""One file per task head; each reads word vectors pooled from the one encoder pass."""
