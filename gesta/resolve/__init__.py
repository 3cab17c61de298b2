"""Who, where and when: candidates, then rank, then keep the reason."""
