import Codes
import Dispensing
import Foundation
import Primitives
import TestSupport
import Testing

/// Holds the codes that python-stdnum knows against it. The package is in `scripts/packages-tests`.
@Suite("Codes agree with an independent implementation")
struct IndependentImplementationTests {
    static let today = CalendarDate(day: 20_778)
    static let samples = 10_000

    @Test("on unified social credit codes")
    func creditCodes() throws {
        try compare("credit") { samples in
            let body = "91" + samples.digits(6) + (0..<9).map { _ in samples.anyOf("0123456789ABCDEFGHJKLMNPQRTUWXY") }.joined()
            let sound = samples.completed(body, from: "0123456789ABCDEFGHJKLMNPQRTUWXY") { CreditCode($0) != nil }
            // That library takes digits only for the first two places, where the standard has letters too.
            let code = samples.perhapsDamaged(sound, with: "0123456789ABCDEIOSVZ")
            return code.prefix(2).allSatisfy(\.isNumber) ? code : sound
        } ours: {
            CreditCode($0) != nil
        }
    }

    @Test("on resident numbers")
    func residentNumbers() throws {
        try compare("resident") { samples in
            let born = samples.day(from: CalendarDate(day: -25_000), through: Self.today.adding(days: 400))
            let body = samples.anyOf(["110101", "440524", "320101", "360426"]) + born.description.filter { $0 != "-" } + samples.digits(3)
            let sound = samples.completed(body, from: "0123456789X") { ResidentNumber($0, on: Self.today) != nil }
            return samples.perhapsDamaged(sound, with: "0123456789XA")
        } ours: {
            ResidentNumber($0, on: Self.today) != nil
        }
    }

    @Test("on trade item numbers")
    func tradeItems() throws {
        try compare("gtin") { samples in
            let body = samples.digits(Bool.random(using: &samples.random) ? 12 : 13)
            let sound = samples.completed(body, from: "0123456789") { GTIN($0) != nil }
            return samples.perhapsDamaged(sound, with: "0123456789A")
        } ours: {
            GTIN($0) != nil
        }
    }

    @Test("on national drug codes")
    func baseCodes() throws {
        try compare("base") { samples in
            let sound = samples.completed("869" + samples.digits(10), from: "0123456789") { BaseCode($0) != nil }
            return samples.perhapsDamaged(sound, with: "0123456789A")
        } ours: {
            BaseCode($0) != nil
        }
    }

    @Test("on the values in GS1 element strings")
    func elementStrings() throws {
        var samples = Samples(random: SeededGenerator(seed: 5))
        let texts = (0..<Self.samples).map { _ in samples.elementString(near: Self.today) }
        let theirs = try answers(of: texts.map { "elements\t\($0)" })
        var taken = 0
        for (text, theirs) in zip(texts, theirs) {
            let found = ElementString(text, on: Self.today)
            let ours = found.map { found in
                [
                    found.item.text, found.batchNumber ?? "", found.manufacturedOn?.description ?? "",
                    found.expiresOn?.description ?? "", found.serialNumber ?? "",
                ].joined(separator: "|")
            }
            #expect(ours ?? "0" == theirs, "\(text.replacing("\u{1D}", with: "<GS>"))")
            taken += ours == nil ? 0 : 1
        }
        #expect((1_000..<Self.samples).contains(taken), "\(taken) of \(Self.samples) were sound")
    }

    private func compare(
        _ kind: String, _ sample: (inout Samples) -> String, ours: (String) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var samples = Samples(random: SeededGenerator(seed: UInt64(kind.utf8.count)))
        let codes = (0..<Self.samples).map { _ in sample(&samples) }
        let theirs = try answers(of: codes.map { "\(kind)\t\($0)" })
        var taken = 0
        for (code, theirs) in zip(codes, theirs) {
            #expect(ours(code) == (theirs == "1"), "\(code)", sourceLocation: sourceLocation)
            taken += theirs == "1" ? 1 : 0
        }
        #expect((1_000..<Self.samples).contains(taken), "\(taken) of \(Self.samples) were sound", sourceLocation: sourceLocation)
    }

    /// What python-stdnum, a package of the system, says of each line.
    private func answers(of lines: [String]) throws -> [String] {
        try PythonTests.answers(
            to: lines, from: "Tests/CodesTests/independent.py", [Self.today.description], by: "/usr/bin/python3")
    }
}

extension Samples {
    mutating func anyOf(_ characters: String) -> String { characters.randomElement(using: &random).map { String($0) } ?? "" }
    mutating func anyOf(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

    /// A trade item with a few of the other fields in any order, now and then with a wrong digit.
    mutating func elementString(near today: CalendarDate) -> String {
        let item = completed("0" + digits(12), from: "0123456789") { GTIN($0) != nil }
        let day = day(from: CalendarDate(day: 11_000), through: today.adding(days: 10_000))
        let digits = day.description.filter { $0 != "-" }.dropFirst(2)
        let shown = Int.random(in: 0..<4, using: &random) == 0 ? digits.prefix(4) + "00" : digits
        let text = anyOf(["A1", "23-9", "x_Z/4", "00017", "214A3263-01"])
        var fields = ["01\(item)", "17\(shown)", "11\(digits)", "10\(text)\u{1D}", "21\(text)\u{1D}"]
        fields.removeSubrange(Int.random(in: 1...4, using: &random)...)
        fields.shuffle(using: &random)
        var bytes = Array(fields.joined().utf8)
        if Bool.random(using: &random) { bytes[2] = bytes[2] == 48 ? 49 : 48 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
