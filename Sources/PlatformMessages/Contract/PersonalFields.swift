/// The fields of a platform that tell who a patient is. What is kept of a message has three stars in their place.
struct PersonalFields: Sendable, Hashable {
    let names: Set<String>

    /// The body with a mask for each value. It need not be well-formed: a broken answer keeps nobody's name either.
    func masked(_ body: [UInt8]) -> [UInt8] {
        guard !names.isEmpty else { return body }
        var shown: [UInt8] = []
        shown.reserveCapacity(body.count)
        var place = 0
        while place < body.count {
            guard body[place] == UInt8(ascii: "\"") else {
                shown.append(body[place])
                place += 1
                continue
            }
            let end = Self.endOfText(in: body, from: place)
            shown += body[place..<end]
            let name = String(decoding: body[(place + 1)..<max(place + 1, end - 1)], as: UTF8.self)
            place = end
            guard names.contains(name), let value = Self.value(in: body, after: end) else { continue }
            shown += body[end..<value.lowerBound]
            shown += Array("\"\(PlatformRequest.mask)\"".utf8)
            place = value.upperBound
        }
        return shown
    }

    /// Behind the text that begins here; the end of the body when it does not end.
    private static func endOfText(in body: [UInt8], from start: Int) -> Int {
        var place = start + 1
        while place < body.count {
            switch body[place] {
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "\""): return place + 1
            default: place += 1
            }
        }
        return body.count
    }

    /// Where the value of a name stands: a text or a number. Empty text shows nothing and is left.
    private static func value(in body: [UInt8], after name: Int) -> Range<Int>? {
        var place = name
        func skipBlanks() { while place < body.count, [0x20, 0x09, 0x0A, 0x0D].contains(body[place]) { place += 1 } }
        skipBlanks()
        guard place < body.count, body[place] == UInt8(ascii: ":") else { return nil }
        place += 1
        skipBlanks()
        guard place < body.count else { return nil }
        if body[place] == UInt8(ascii: "\"") {
            let end = endOfText(in: body, from: place)
            return end - place > 2 ? place..<end : nil
        }
        let start = place
        while place < body.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(body[place]) { place += 1 }
        return place > start ? start..<place : nil
    }
}
