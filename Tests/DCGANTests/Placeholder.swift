import Testing

@Test func placeholderDCGAN() { #expect(Bool(true)) }
