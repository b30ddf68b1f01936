import Foundation
import Support

/// The normal distribution of mean 0 and standard deviation 1.
public enum StandardNormal {
  /// Returns the chance of a number below `z`, which is erfc(−z / √2) / 2.
  public static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// Returns the chance of a number at least as far from 0 as `z`: erfc(|z| / √2), and never 0, for
  /// what the format cannot hold becomes its least number.
  public static func twoSidedPValue(_ z: Double) -> Double {
    max(erfc(abs(z) / 2.0.squareRoot()), .leastNonzeroMagnitude)
  }

  /// Returns the number below which a share `probability` of the distribution lies.
  ///
  /// M. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied
  /// Statistics 37 (1988), PPND16: one of three rational functions, with a relative error of about
  /// 10⁻¹⁶.
  ///
  /// - Precondition: 0 < `probability` < 1.
  public static func quantile(_ probability: Double) -> Double {
    require(probability > 0 && probability < 1, "a normal quantile of \(probability)")
    let centered = probability - 0.5
    if abs(centered) <= 0.425 {
      return centered * central.value(at: 0.180625 - centered * centered)
    }
    let root = (-log(min(probability, 1 - probability))).squareRoot()
    let size = root <= 5 ? tail.value(at: root - 1.6) : farTail.value(at: root - 5)
    return centered < 0 ? -size : size
  }

  /// A quotient of two polynomials, the coefficients in rising order.
  private struct Rational {
    let numerator: [Double]
    let denominator: [Double]

    func value(at x: Double) -> Double { Self.sum(numerator, x) / Self.sum(denominator, x) }

    /// Returns Σ cᵢxⁱ by Horner's rule.
    private static func sum(_ coefficients: [Double], _ x: Double) -> Double {
      coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
  }

  /// The quotient for 0.075 ≤ p ≤ 0.925, of 0.180625 − (p − 0.5)².
  private static let central = Rational(
    numerator: [
      3.387_132_872_796_366_608_0, 133.141_667_891_784_377_45, 1971.590_950_306_551_442_7,
      13731.693_765_509_461_125, 45921.953_931_549_871_457, 67265.770_927_008_700_853,
      33430.575_583_588_128_105, 2509.080_928_730_122_672_7,
    ],
    denominator: [
      1, 42.313_330_701_600_911_252, 687.187_007_492_057_908_30, 5394.196_021_424_751_107_7,
      21213.794_301_586_595_867, 39307.895_800_092_710_610, 28729.085_735_721_942_674,
      5226.495_278_852_854_561_0,
    ])

  /// The quotient where r = √(−ln p) ≤ 5, of r − 1.6.
  private static let tail = Rational(
    numerator: [
      1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_90, 5.769_497_221_460_691_405_50,
      3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 0.241_780_725_177_450_611_770,
      0.022_723_844_989_269_184_583_3, 7.745_450_142_783_414_076_40e-4,
    ],
    denominator: [
      1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_40, 0.689_767_334_985_100_004_550,
      0.148_103_976_427_480_074_590, 0.015_198_666_563_616_457_196_6,
      5.475_938_084_995_344_946_00e-4, 1.050_750_071_644_416_843_24e-9,
    ])

  /// The quotient further out, of r − 5.
  private static let farTail = Rational(
    numerator: [
      6.657_904_643_501_103_777_20, 5.463_784_911_164_114_369_90, 1.784_826_539_917_291_335_80,
      0.296_560_571_828_504_891_230, 0.026_532_189_526_576_123_093_0,
      1.242_660_947_388_078_438_60e-3, 2.711_555_568_743_487_578_15e-5,
      2.010_334_399_292_288_132_65e-7,
    ],
    denominator: [
      1, 0.599_832_206_555_887_937_690, 0.136_929_880_922_735_805_310,
      0.014_875_361_290_850_614_852_5, 7.868_691_311_456_132_591_00e-4,
      1.846_318_317_510_054_681_80e-5, 1.421_511_758_316_445_888_70e-7,
      2.044_263_103_389_939_785_64e-15,
    ])
}
