#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns the bytes of another encoding into UTF-8, piece by piece, through the C library's iconv; or leaves them alone.
final class CharacterDecoder {
    private let conversion: iconv_t?
    /// The first bytes of a character whose others have not arrived.
    private var rest: [UInt8] = []

    init(for encoding: InputEncoding) throws(XMLRefusal) {
        guard case .converted(let name, _) = encoding else {
            conversion = nil
            return
        }
        let opened = iconv_open("UTF-8", name)
        guard opened != iconv_t(bitPattern: -1) else { throw XMLRefusal(.encoding(name), at: .init()) }
        conversion = opened
    }

    deinit {
        if let conversion { iconv_close(conversion) }
    }

    func decode(_ bytes: [UInt8], at place: XMLRefusal.Place) throws(XMLRefusal) -> [UInt8] {
        guard let conversion else { return bytes }
        var input = rest + bytes
        let inputBytes = input.count
        // Two bytes of UTF-16 or GB 18030 become three at most, four become four.
        let outputMax = inputBytes * 2
        var unread = inputBytes
        var isDecoded = true
        let output = input.withUnsafeMutableBytes { input in
            [UInt8](unsafeUninitializedCapacity: outputMax) { output, written in
                var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var free = outputMax
                // EINVAL: the input ends within a character.
                isDecoded = iconv(conversion, &from, &unread, &to, &free) != Int(bitPattern: .max) || errno == EINVAL
                written = outputMax - free
            }
        }
        guard isDecoded else { throw XMLRefusal(.undecodable, at: place) }
        rest = Array(input[(inputBytes - unread)...])
        return output
    }

    /// Refuses a document that ends within a character.
    func finish(at place: XMLRefusal.Place) throws(XMLRefusal) {
        guard rest.isEmpty else { throw XMLRefusal(.truncated, at: place) }
    }
}
