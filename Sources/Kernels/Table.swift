public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(name: "baseline")
