import Primitives
import Testing

@Suite("JSON")
struct JSONValueTests {
    @Test("is read and written without loss", arguments: [
        #"{"b":1,"a":[true,false,null,"x"]}"#, #"[]"#, #"{}"#, #""""#, "0", "-0.10e+5", "123456789012345678901234567890",
        #""quote \" slash / back \\ line \n tab \t 药 💊""#, #"[[[[1]]]]"#,
    ])
    func roundTrip(text: String) throws {
        #expect(try JSONValue(parsing: text).text() == text)
        #expect(try JSONValue(parsing: " \n\t\(text)\r ").text() == text)
    }

    @Test("reads every escape")
    func escapes() throws {
        #expect(try JSONValue(parsing: #""\u836f\ud83d\udc8a\/\b\f\r\n\t\u0041""#) == .string("药💊/\u{8}\u{C}\r\n\tA"))
    }

    @Test("refuses whatever is not JSON", arguments: [
        "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5", "1e", "+1",
        "tru", "nul", "'a'", "NaN", "1 2", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
        "\"\\udc00\"", "\"\\u0000\"", "\"\n\"",
        "{\"a\":1,\"a\":2}", String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
    ])
    func refuses(text: String) {
        #expect { try JSONValue(parsing: text) } throws: { $0 is JSONSyntaxError }
    }

    @Test("has one canonical text whatever the order of names")
    func canonical() throws {
        let one = try JSONValue(parsing: #"{"b": {"d": 1, "c": 2}, "a": [ {"y": 1, "x": 2} ]}"#)
        #expect(one.text(canonical: true) == #"{"a":[{"x":2,"y":1}],"b":{"c":2,"d":1}}"#)
    }
}
