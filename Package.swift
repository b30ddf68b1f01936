// swift-tools-version: 6.3
import PackageDescription

/// The path of libFuzzer, where `Scripts/fuzz` builds: then what reads foreign bytes is sanitized and counts
/// which branches run. The rest does neither, for after each input all counts are gone through.
let fuzzer = Context.environment["DCGAN_LIBFUZZER"]

/// Settings of every Swift target: the Swift 6 language mode comes with the tools version.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Settings of the Swift targets that read what others wrote.
let reading: [SwiftSetting] =
  strict + (fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=address,fuzzer"])])

/// Settings of the C targets that read what others wrote.
let watched: [CSetting] =
  fuzzer == nil ? [] : [.unsafeFlags(["-fsanitize=address,fuzzer-no-link"])]

/// The same of the C++ targets.
let watchedCXX: [CXXSetting] =
  fuzzer == nil ? [] : [.unsafeFlags(["-fsanitize=address,fuzzer-no-link"])]

/// Where DCMTK's libraries are: Homebrew's package says so, on Linux the module map does.
#if os(macOS)
  let dcmtk: String? = "dcmtk"
#else
  let dcmtk: String? = nil
#endif

/// The name by which pkg-config finds MPI where the trait asks for it. Debian and Ubuntu call the chosen one
/// `mpi`, be it Open MPI or MPICH; elsewhere it may be `ompi-c` or `mpich`.
let mpi =
  Context.environment["DCGAN_MPI_PACKAGE"]
  ?? {
    #if os(macOS)
      "ompi-c"
    #else
      "mpi"
    #endif
  }()

/// The program, or what `Scripts/fuzz` runs in its place.
let programs: [Target] =
  if let fuzzer {
    [
      .target(name: "CFuzzer", path: "Tests/CFuzzer"),
      .executableTarget(
        name: "Fuzzer", dependencies: ["FuzzTargets", "CFuzzer"], path: "Tests/Fuzzer",
        swiftSettings: reading,
        linkerSettings: [.unsafeFlags(["-sanitize=address", fuzzer, "-lstdc++"])]),
    ]
  } else {
    [.executableTarget(name: "DCGANMain", dependencies: ["DCGANCommand"], swiftSettings: strict)]
  }

/// The vector loops trap nowhere and check nothing: their callers in `Tensor` do.
///
/// The package manager counts this flag, and those of the instruction sets below, as unsafe and refuses
/// them in a dependency that is picked by version. Packages depend on this one by path, branch or
/// revision.
let unchecked: [SwiftSetting] = strict + [.unsafeFlags(["-Ounchecked", "-wmo"])]

/// The same folder of kernels once more, compiled for a wider instruction set.
///
/// One program holds all variants and picks one when it starts, but a target has one set of flags, and
/// two targets cannot have the same folder. So `Sources/KernelsAVX2` and `Sources/KernelsAVX512` are
/// symbolic links to `Sources/Kernels`, and so is `Sources/KernelsAVX512BF16`: the loops are written once
/// and compiled four times. AMX, which the compiler never uses by itself, has its loops in the last of them.
func kernelVariant(_ name: String, defines: [String], flags: [String]) -> Target {
  .target(
    name: name,
    dependencies: ["KernelTable", "CVector"],
    swiftSettings: unchecked + defines.map { .define($0) } + [
      .unsafeFlags(flags.flatMap { ["-Xcc", $0] })
    ])
}

#if arch(x86_64)
  let flagsOfAVX512 = [
    "-mavx512f", "-mavx512vl", "-mavx512dq", "-mavx512bw", "-mavx2", "-mfma",
    "-mprefer-vector-width=512",
  ]
  let variants: [Target] = [
    kernelVariant("KernelsAVX2", defines: ["KERNELS_AVX2"], flags: ["-mavx2", "-mfma"]),
    kernelVariant("KernelsAVX512", defines: ["KERNELS_AVX512"], flags: flagsOfAVX512),
    kernelVariant(
      "KernelsAVX512BF16", defines: ["KERNELS_AVX512", "KERNELS_AVX512BF16"],
      flags: flagsOfAVX512 + ["-mavx512bf16", "-mamx-tile", "-mamx-bf16"]),
  ]
#else
  let variants: [Target] = []
#endif

let package = Package(
  name: "dcgan",
  platforms: [.macOS(.v15)],
  products: fuzzer == nil
    ? [
      .executable(name: "dcgan", targets: ["DCGANMain"]),
      .library(
        name: "DCGANLibrary",
        targets: [
          "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Phantoms", "Checkpoints",
          "Training", "Samples", "Evaluation", "Review", "Reporting", "Statistics", "Study",
        ]),
    ] : [],
  traits: [
    .trait(
      name: "MPI",
      description:
        "Trains one model with the processes that mpirun or srun starts on many machines.")
  ],
  targets: [
    .systemLibrary(
      name: "CLibJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    // Optional: where one is missing, the shim that uses it compiles to functions that say so.
    .systemLibrary(
      name: "CLibTIFF", pkgConfig: "libtiff-4",
      providers: [.apt(["libtiff-dev"]), .brew(["libtiff"])]),
    .systemLibrary(
      name: "CLibWebP", pkgConfig: "libwebp",
      providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),
    .systemLibrary(
      name: "CLibZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(name: "CZLib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CGIF", providers: [.apt(["libgif-dev"]), .brew(["giflib"])]),
    // Without these two the program is built all the same, and says what it cannot read.
    .systemLibrary(
      name: "CDCMTK", pkgConfig: dcmtk, providers: [.apt(["libdcmtk-dev"]), .brew(["dcmtk"])]),
    .systemLibrary(
      name: "COpenJPEG", pkgConfig: "libopenjp2",
      providers: [.apt(["libopenjp2-7-dev"]), .brew(["openjpeg"])]),
    // For the trait alone: without it, pkg-config is not even asked.
    .systemLibrary(
      name: "CLibMPI", pkgConfig: mpi,
      providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),
    .target(name: "CJPEG", dependencies: ["CLibJPEG"], cSettings: watched),
    .target(name: "CPNG", dependencies: ["CLibPNG"], cSettings: watched),
    .target(name: "CTIFF", dependencies: ["CLibTIFF"], cSettings: watched),
    .target(name: "CWebP", dependencies: ["CLibWebP"], cSettings: watched),
    .target(name: "CZip", dependencies: ["CLibZip"], cSettings: watched),
    .target(name: "CDICOM", dependencies: ["CDCMTK"], cxxSettings: watchedCXX),
    .target(name: "CJPEG2000", dependencies: ["COpenJPEG"], cSettings: watched),
    .target(
      name: "CMPI", dependencies: [.target(name: "CLibMPI", condition: .when(traits: ["MPI"]))],
      cSettings: watched + [.define("DCGAN_MPI", .when(traits: ["MPI"]))]),
    .target(name: "CCPU"),
    .target(name: "CVector"),
    .target(name: "KernelTable", swiftSettings: strict),
    .target(name: "Kernels", dependencies: ["KernelTable", "CVector"], swiftSettings: unchecked),
    .target(name: "Support", swiftSettings: reading),
    .target(
      name: "Tensor",
      dependencies: ["Support", "CCPU", "KernelTable", "Kernels"]
        + variants.map { .target(name: $0.name) },
      swiftSettings: strict),
    .target(
      name: "Distribution", dependencies: ["Support", "Tensor", "CMPI"], swiftSettings: strict),
    .target(name: "Files", dependencies: ["Support", "CZLib", "CZip"], swiftSettings: reading),
    .target(
      name: "Imaging",
      dependencies: [
        "Support", "Files", "CJPEG", "CPNG", "CGIF", "CTIFF", "CWebP", "CDICOM", "CDCMTK",
        "CJPEG2000",
      ],
      swiftSettings: reading),
    .target(
      name: "DCGAN", dependencies: ["Support", "Tensor"], swiftSettings: strict),
    .target(
      name: "DataSets", dependencies: ["Support", "Files", "Imaging", "Tensor"],
      swiftSettings: strict),
    .target(
      name: "Phantoms", dependencies: ["Support", "Files", "Imaging", "Tensor"],
      swiftSettings: strict),
    .target(
      name: "Checkpoints", dependencies: ["Support", "Files", "Tensor", "DCGAN"],
      swiftSettings: reading),
    .target(
      name: "Training",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Checkpoints",
      ],
      swiftSettings: reading),
    .target(
      name: "Samples",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Checkpoints", "Training",
      ],
      swiftSettings: strict),
    .target(
      name: "Evaluation", dependencies: ["Support", "Imaging", "Tensor", "DCGAN", "DataSets"],
      swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["Support", "Tensor"], swiftSettings: strict),
    .target(
      name: "Review",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Checkpoints", "Samples",
      ],
      swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Checkpoints", "Training",
        "Samples",
      ],
      swiftSettings: strict),
    .target(
      name: "Study",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Checkpoints", "Training",
        "Samples", "Statistics",
      ],
      swiftSettings: strict),
    .target(
      name: "Arguments", dependencies: ["Support"], swiftSettings: reading),
    .target(
      name: "DCGANCommand",
      dependencies: [
        "Support", "Files", "Imaging", "Tensor", "DCGAN", "DataSets", "Phantoms", "Checkpoints",
        "Training", "Samples", "Evaluation", "Review", "Reporting", "Statistics", "Study",
        "Arguments", "Distribution",
      ],
      swiftSettings: reading),
    .target(
      name: "TestSupport", dependencies: ["Tensor"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "TrainingTestSupport", dependencies: ["Training", "Phantoms", "TestSupport"],
      path: "Tests/TrainingTestSupport", swiftSettings: strict),
    .target(
      name: "CommandTestSupport", dependencies: ["DCGANCommand"], path: "Tests/CommandTestSupport",
      swiftSettings: strict),
    .target(
      name: "FuzzTargets", dependencies: ["DCGANCommand"], path: "Tests/FuzzTargets",
      swiftSettings: reading),
    .testTarget(
      name: "SupportTests", dependencies: ["Support", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TensorTests", dependencies: ["Tensor", "KernelTable", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DistributionTests", dependencies: ["Distribution", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DCGANTests", dependencies: ["DCGAN", "Checkpoints", "TrainingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DataSetsTests", dependencies: ["DataSets", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PhantomsTests", dependencies: ["Phantoms", "DataSets", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckpointsTests",
      dependencies: ["Checkpoints", "Training", "Samples", "TrainingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", "TrainingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SamplesTests", dependencies: ["Samples", "TrainingTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "Tensor", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ReviewTests", dependencies: ["Review", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StudyTests", dependencies: ["Study", "Support", "Phantoms", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "TrainingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ArgumentsTests", dependencies: ["Arguments", "CommandTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DCGANCommandTests",
      dependencies: ["DCGANCommand", "CommandTestSupport", "TestSupport"]
        + (fuzzer == nil ? [.target(name: "DCGANMain")] : []),
      swiftSettings: strict),
    // Like a program outside the package, it sees the public declarations alone.
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["Tensor", "DCGAN", "Checkpoints", "Samples", "TestSupport"],
      packageAccess: false, swiftSettings: strict),
  ] + programs + variants,
  cxxLanguageStandard: .cxx17
)
