import Testing
import Web

@Suite("Cursors of pages")
struct CursorTests {
    @Test("hold any key, and only their own text is taken back", arguments: [
        ["7"], ["玩具", "01936f2e"], ["a\"b", "", "?/+="],
    ])
    func cursors(key: [String]) throws {
        let text = Cursor.encode(key)
        #expect(try Cursor.decode(text) == key)
        #expect(text.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
        #expect(throws: HTTPRefusal.self) { try Cursor.decode(text + "!") }
        #expect(throws: HTTPRefusal.self) { try Cursor.decode("e30") }
    }
}
