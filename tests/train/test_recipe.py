"""A recipe and its variations."""

from __future__ import annotations

import pytest

from train.recipe import Recipe


def test_settings_keep_their_kind() -> None:
    recipe = Recipe().varied(["batch=512", "freeze_words=true", "encoder_rate=1e-4"])
    assert (recipe.batch, recipe.freeze_words, recipe.encoder_rate) == (512, True, 1e-4)
    assert recipe.window == Recipe().window


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ValueError, match="'rate'"):
        Recipe().varied(["rate=1"])
