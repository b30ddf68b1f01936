#!/usr/bin/env python3
"""Writes Fixtures/statistics.json: cases with scores, and what scikit-learn, SciPy, statsmodels and NumPy
compute of them, which the tests expect of the module Statistics.

Run it from anywhere, with a Python that has these four; it overwrites the file. DeLong's figures come from
the definitions in the paper, a comparison of every positive with every negative case, and the bootstrap's
draws from a second implementation of the random numbers.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics
from statsmodels.stats.multitest import multipletests

FILE = Path(__file__).resolve().parent.parent / "Fixtures" / "statistics.json"
MASK = 0xFFFFFFFF


# DeLong, DeLong and Clarke-Pearson 1988, equations 2 to 6: O(n²).

def components(scores, positive):
    """Returns V10 of the positive cases and V01 of the negative ones."""
    x, y = scores[positive][:, None], scores[~positive][None, :]
    psi = (y < x) + 0.5 * (y == x)
    return psi.mean(axis=1), psi.mean(axis=0)


def covariance(first, second):
    """Returns s10 / m + s01 / n of two sets of components; None where a kind has one case."""
    if any(len(part) < 2 for part in first):
        return None
    return sum(
        ((a - a.mean()) * (b - b.mean())).sum() / (len(a) - 1) / len(a) for a, b in zip(first, second))


def youden(scores, positive):
    """Returns the midpoint between scores of the greatest Youden index, of equal ones the nearest to 0.5."""
    values = np.unique(scores)
    candidates = [values[0], *((values[1:] + values[:-1]) / 2)]
    total = (positive.sum(), (~positive).sum())

    def key(threshold):
        called = scores >= threshold
        index = int((called & positive).sum() * total[1] - (called & ~positive).sum() * total[0])
        return -index, abs(threshold - 0.5), threshold

    return min(candidates, key=key)


def binary(scores, positive):
    """Returns the figures of cases of two kinds, with those of a second classifier's scores beside."""
    scores, positive = np.asarray(scores), np.asarray(positive, bool)
    false, true, thresholds = metrics.roc_curve(positive, scores, drop_intermediate=False)
    variance = covariance(*[components(scores, positive)] * 2)
    auroc = metrics.roc_auc_score(positive, scores)
    interval = [0.0, 1.0]
    if variance:
        interval = np.clip(stats.norm.interval(0.95, auroc, np.sqrt(variance)), 0, 1).tolist()
    elif variance == 0:
        interval = [auroc, auroc]
    threshold = youden(scores, positive)
    called = scores >= threshold
    (tn, fp), (fn, tp) = metrics.confusion_matrix(positive, called)
    return {
        "scores": scores.tolist(), "positive": positive.tolist(), "auroc": auroc, "variance": variance,
        "interval": interval, "average_precision": metrics.average_precision_score(positive, scores),
        "false_positive_rates": false.tolist(), "true_positive_rates": true.tolist(),
        "thresholds": thresholds[1:].tolist(), "best_threshold": threshold,
        "confusion": [int(tp), int(fp), int(tn), int(fn)],
        "sensitivity": metrics.recall_score(positive, called),
        "specificity": metrics.recall_score(~positive, ~called),
        "balanced_accuracy": metrics.balanced_accuracy_score(positive, called),
        "accuracy": metrics.accuracy_score(positive, called),
        "brier": metrics.brier_score_loss(positive, scores),
    }


def comparison(scores, others, positive):
    """Returns DeLong's test of two areas."""
    positive = np.asarray(positive, bool)
    first, second = (components(np.asarray(s), positive) for s in (scores, others))
    areas = [part[0].mean() for part in (first, second)]
    cross = covariance(first, second)
    variance = covariance(first, first) + covariance(second, second) - 2 * cross
    z = (areas[0] - areas[1]) / np.sqrt(variance)
    return {
        "others": np.asarray(others).tolist(), "covariance": cross, "z": z,
        "p": 2 * stats.norm.sf(abs(z)),
        "interval": list(stats.norm.interval(0.95, areas[0] - areas[1], np.sqrt(variance))),
    }


def multiclass(probabilities, labels):
    """Returns the macro-averaged figures of three or more classes."""
    classes = probabilities.shape[1]
    truth = np.eye(classes, dtype=int)[labels]
    calls = probabilities.argmax(axis=1)
    tables = metrics.multilabel_confusion_matrix(labels, calls)
    return {
        "probabilities": probabilities.tolist(), "labels": labels.tolist(),
        "auroc": metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro"),
        "average_precision": metrics.average_precision_score(truth, probabilities, average="macro"),
        "brier": metrics.brier_score_loss(labels, probabilities, scale_by_half=False),
        "sensitivity": metrics.recall_score(labels, calls, average="macro"),
        "specificity": float(np.mean([t[0, 0] / t[0].sum() for t in tables])),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, calls),
        "confusions": [[int(t[1, 1]), int(t[0, 1]), int(t[0, 0]), int(t[1, 0])] for t in tables],
    }


# Philox4x32-10 and Lemire's integers, as RandomStream has them.

def half(seed, stream, index, attempt):
    """Returns the 64 random bits of an index."""
    block = index >> 1 | attempt << 56
    c = [block & MASK, block >> 32, stream & MASK, stream >> 32]
    k = [seed & MASK, seed >> 32]
    for _ in range(10):
        first, second = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(second >> 32) ^ c[1] ^ k[0], second & MASK, (first >> 32) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c[0] | c[1] << 32 if index % 2 == 0 else c[2] | c[3] << 32


def integer(seed, stream, bound, index):
    """Returns a random integer below a bound."""
    for attempt in range(256):
        product = bound * half(seed, stream, index, attempt)
        if product % 2**64 >= 2**64 % bound:
            return product >> 64
    return product >> 64


def bootstrap(scores, others, positive, groups, seed, stream, draws):
    """Returns the interval and the p-value of the difference of two areas over draws of groups."""
    scores, others, positive, groups = map(np.asarray, (scores, others, positive, groups))
    strata = {}
    for group in dict.fromkeys(groups.tolist()):
        kinds = tuple(sorted(set(positive[groups == group].tolist())))
        strata.setdefault(kinds, []).append(group)
    differences, lists, index = [], [], 0
    for _ in range(draws):
        cases = []
        for stratum in strata.values():
            for _ in stratum:
                group = stratum[integer(seed, stream, len(stratum), index)]
                cases += np.flatnonzero(groups == group).tolist()
                index += 1
        lists.append(sorted(cases))
        differences.append(metrics.roc_auc_score(positive[cases], scores[cases])
                           - metrics.roc_auc_score(positive[cases], others[cases]))
    differences = np.array(differences)
    p = 2 * (1 + min((differences <= 1e-12).sum(), (differences >= -1e-12).sum())) / (draws + 1)
    return {
        "groups": groups.tolist(), "seed": seed, "stream": stream, "draws": draws,
        "first_draws": lists[:2], "interval": np.percentile(differences, [2.5, 97.5]).tolist(),
        "estimate": metrics.roc_auc_score(positive, scores) - metrics.roc_auc_score(positive, others),
        "p": min(1.0, float(p)),
    }


def main():
    random = np.random.default_rng(1)

    def draw(positive, shift, digits):
        logits = random.normal(size=len(positive)) + shift * np.asarray(positive)
        return np.round(1 / (1 + np.exp(-logits)), digits)

    positive = np.arange(40) % 5 < 2
    rare = np.arange(60) % 30 == 7
    continuous, ties = draw(positive, 1.2, 6), draw(positive, 1, 1)
    cases = {
        "continuous": binary(continuous, positive),
        "ties": binary(ties, positive),
        "all_equal": binary([0.25] * 6, [1, 0, 0, 1, 0, 1]),
        "five": binary([0.9, 0.4, 0.35, 0.8, 0.1], [1, 0, 1, 1, 0]),
        "imbalance": binary(draw(rare, 0.5, 4), rare),
        "one_positive": binary([0.2, 0.7, 0.7, 0.1, 0.9, 0.4], [0, 0, 1, 0, 0, 0]),
        "separated": binary([0.1, 0.2, 0.3, 0.7, 0.8, 0.95], [0, 0, 0, 1, 1, 1]),
        "reversed": binary([0.9, 0.8, 0.4, 0.2, 0.1], [0, 0, 1, 1, 1]),
    }
    # Two of the groups hold cases of both kinds.
    groups = [number // 5 * 10 + [0, 1, 2, 3, 3][number % 5] for number in range(40)]
    groups[1], groups[11] = groups[2], groups[12]
    labels = np.array([0, 1, 2, 2, 0] * 6)
    exponents = np.exp(random.normal(size=(30, 3)) + 1.1 * np.eye(3)[labels])
    # Sixteenths: the sums are exactly 1, and many probabilities equal.
    probabilities = np.floor(exponents / exponents.sum(axis=1, keepdims=True) * 16) / 16
    probabilities[:, 0] = 1 - probabilities[:, 1] - probabilities[:, 2]
    levels = [1e-300, 1e-17, 1e-9, 0.001, 0.025, 0.0749, 0.075, 0.1, 0.5, 0.6, 0.925, 0.9251, 0.975,
              0.995, 0.9999999]
    points = [-37.0, -9.5, -3.0, -1.96, -0.1, 0.0, 0.5, 1.0, 2.5, 6.0]
    values = [[0.01, 0.04, 0.03, 0.005], [0.2, 0.6, 0.5, 0.9, 0.04], [0.03, 0.03, 0.03], [1e-9, 1.0],
              [0.02]]
    document = {
        "binary": cases,
        "comparisons": {
            "continuous": comparison(continuous, draw(positive, 0.3, 6), positive),
            "ties": comparison(ties, continuous, positive),
        },
        "multiclass": multiclass(probabilities, labels),
        "bootstrap": bootstrap(continuous, ties, positive, groups, 7, 3, 199),
        "holm": [{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in values],
        "normal": {
            "levels": levels, "quantiles": stats.norm.ppf(levels).tolist(), "points": points,
            "cumulative": stats.norm.cdf(points).tolist(),
            "two_sided": (2 * stats.norm.sf(np.abs(points))).tolist(),
        },
        "spread": {"figures": continuous[:5].tolist(), "mean": continuous[:5].mean(),
                   "deviation": continuous[:5].std(ddof=1)},
    }
    FILE.write_text(json.dumps(document, indent=1, separators=(",", ":")).replace("\n    ", "") + "\n")


main()
