import PlatformMessages
import TestSupport
import Testing

/// Holds every golden file against a program in Python: signatures by gmssl and hashlib, JSON and XML by its own readers, fields by the
/// catalogue's file.
@Suite("Every message is sound to an independent program")
struct IndependentProgramTests {
    @Test("in its signature, its fields, their order and their types")
    func messages() throws {
        guard PythonTests.areThere() else { return }
        let files = try Golden.files()
        #expect(files.count > 100)
        let secret = try #require(Platforms.account.secrets["secret"])
        let gateway = try #require(Platforms.nationalAccount.secrets["gateway-token"])
        let lines = files.map { "\($0.platform)\t\($0.message)\t\($0.platform.hasPrefix("national-") ? gateway : secret)" }
        for (file, answer) in zip(files, try PythonTests.answers(to: lines, from: "Tests/PlatformMessagesTests/independent.py")) {
            #expect(answer == "sound", "\(file.platform) \(file.message)")
        }
    }
}
