"""The pictures that the scripts of fixtures draw: from formulas, so that they show nobody."""

import numpy as np

WIDTH, HEIGHT = 21, 13


def grey(width=WIDTH, height=HEIGHT):
    """Rings around a point off the centre on a slope."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    radius = np.hypot((x - 0.4 * width) / width, (y - 0.55 * height) / height)
    return np.clip(128 + 70 * np.sin(30 * radius) + 50 * (x / width - y / height), 0, 255).astype(
        np.uint8
    )


def colour(width=WIDTH, height=HEIGHT):
    """Three different slopes and rings, one a channel."""
    y, x = np.mgrid[0:height, 0:width]
    green = 255 * x // (width - 1)
    blue = 255 - 255 * y // (height - 1)
    return np.stack([grey(width, height), green, blue], axis=-1).astype(np.uint8)


def alpha():
    """Opacity that grows from left to right."""
    return np.tile((np.arange(WIDTH) * 255 // (WIDTH - 1)).astype(np.uint8), (HEIGHT, 1))
