import DCGANCommand
import Support
import Testing

@Suite struct SettingOptionTests {
  @Test(arguments: Setting.allCases)
  func `every setting is an option of some command`(_ setting: Setting) {
    let options = Program.dcgan.commands.flatMap { $0.specification.options.map(\.spelling) }
    #expect(options.contains(setting.option))
  }

  @Test func `messages name options`() {
    let message: Message = "continue it with \(.resume), or choose another folder with \(.run)"
    #expect(message.text == "continue it with --resume, or choose another folder with --run")
  }
}
