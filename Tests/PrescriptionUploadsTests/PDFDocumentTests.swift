import Foundation
import TestSupport
import Testing

@testable import PrescriptionUploads

@Suite("The file of a prescription")
struct PDFDocumentTests {
    private static let document = PDFDocument(
        title: "处方 CF-2026-000001",
        lines: [
            .init("县人民医院　处方笺", size: 16), .init("姓名：张三(\\)<>  龘"), .init("罕见字：\u{2B5AF}"),
            .init(String(repeating: "长", count: 60)), .init("a\nb"),
        ])

    @Test("is the same bytes for the same lines, and its table finds every object")
    func table() throws {
        let bytes = Self.document.bytes
        #expect(bytes == Self.document.bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1.4\n") && text.hasSuffix("%%EOF\n"))
        let start = try #require(text.split(separator: "\n").dropLast().last.flatMap { Int($0) })
        #expect(bytes[start...].starts(with: Array("xref\n0 ".utf8)))
        let entries = String(decoding: bytes[start...], as: UTF8.self).split(separator: "\n").filter { $0.hasSuffix(" n ") }
        for (index, entry) in entries.enumerated() {
            let offset = try #require(Int(entry.prefix(10)))
            #expect(bytes[offset...].starts(with: Array("\(index + 1) 0 obj\n".utf8)))
        }
    }

    @Test("goes on on a further page when one is full")
    func pages() {
        let long = PDFDocument(title: "x", lines: Array(repeating: .init("一行"), count: 100))
        let text = String(decoding: long.bytes, as: UTF8.self)
        #expect(text.contains("/Count 3/Kids[8 0 R 10 0 R 12 0 R]"))
    }

    @Test("is read by another program, character by character")
    func secondReader() throws {
        guard PythonTests.areThere() else { return }
        let answers = try PythonTests.answers(
            to: [Data(Self.document.bytes).base64EncodedString()], from: "Tests/PrescriptionUploadsTests/read_pdf.py")
        let lines = answers[0].components(separatedBy: "|")
        #expect(lines.first == "处方 CF-2026-000001")
        #expect(lines.contains("县人民医院　处方笺") && lines.contains("姓名：张三(\\)<>  龘") && lines.contains("罕见字：[U+2B5AF]"))
        #expect(lines.contains("a b") && lines.joined().contains(String(repeating: "长", count: 45)))
        #expect(lines.joined().count { $0 == "长" } == 60)
    }
}
