import Testing

@Test func placeholderDCGANCommand() { #expect(Bool(true)) }
