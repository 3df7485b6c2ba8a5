import Foundation
import Primitives

/// The text of a catalogue file as bytes of UTF-8, part by part, whatever its encoding, without a byte order mark.
final class CatalogText {
    private let bytes: CatalogBytes
    private let decoder: GB18030Decoder?
    private var mark: Int

    init(_ source: CatalogSource, _ format: CatalogFormat) throws(FormularyRefusal) {
        bytes = try source.open()
        decoder = format.encoding == .gb18030 ? try GB18030Decoder() : nil
        mark = format.hasByteOrderMark ? 3 : 0
    }

    /// The next bytes, never none; `nil` at the end.
    ///
    /// - Throws: ``FormularyRefusal``: unreadable; bytes that are no GB 18030, with their line. What is no UTF-8 is found
    ///   when fields are made.
    func next() throws(FormularyRefusal) -> [UInt8]? {
        while var part = try bytes.next() {
            if mark > 0 {
                part.removeFirst(min(mark, part.count))
                mark = 0
            }
            if let decoder { part = try decoder.decode(part) }
            if !part.isEmpty { return part }
        }
        try decoder?.finish()
        return nil
    }
}

/// Turns GB 18030 into UTF-8 with the system's converter; a character may be cut by the end of a part.
private final class GB18030Decoder {
    private let converter: iconv_t
    /// The beginning of a character that the part before has cut.
    private var rest: [UInt8] = []
    private var line = 1

    init() throws(FormularyRefusal) {
        guard let converter = iconv_open("UTF-8", "GB18030"), Int(bitPattern: converter) != -1 else {
            throw FormularyRefusal(.catalogNotUTF8, "this system cannot convert GB 18030; save the file as CSV UTF-8")
        }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    func decode(_ part: [UInt8]) throws(FormularyRefusal) -> [UInt8] {
        var input = rest + part
        // Two bytes become three at most, four become four.
        var output = [UInt8](repeating: 0, count: input.count * 2 + 8)
        let (read, written, failure) = convert(&input, &output)
        output.removeLast(output.count - written)
        line += lineEnds(in: output)
        guard failure == 0 || failure == EINVAL else { throw refusal }
        rest = Array(input[read...])
        return output
    }

    /// - Throws: ``FormularyRefusal`` when the file ends within a character.
    func finish() throws(FormularyRefusal) {
        guard rest.isEmpty else { throw refusal }
    }

    private var refusal: FormularyRefusal { FormularyRefusal(.catalogNotUTF8, "line \(line)") }

    private func convert(_ input: inout [UInt8], _ output: inout [UInt8]) -> (read: Int, written: Int, failure: Int32) {
        input.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { output in
                var (from, to) = (input.bindMemory(to: CChar.self).baseAddress, output.bindMemory(to: CChar.self).baseAddress)
                var (unread, unwritten) = (input.count, output.count)
                let answer = iconv(converter, &from, &unread, &to, &unwritten)
                let failure = answer == -1 ? errno : 0
                return (input.count - unread, output.count - unwritten, failure)
            }
        }
    }

    /// Line feeds; carriage returns where the file has nothing else.
    private func lineEnds(in text: [UInt8]) -> Int {
        let feeds = text.count { $0 == UInt8(ascii: "\n") }
        return feeds > 0 ? feeds : text.count { $0 == UInt8(ascii: "\r") }
    }
}
