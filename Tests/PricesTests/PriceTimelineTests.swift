import Primitives
import Testing

@testable import Prices

@Suite("One price on a day")
struct PriceTimelineTests {
    private func terms(_ amount: String, _ from: Int, _ through: Int?, packSize: Int64 = 10) -> PriceTerms {
        PriceTerms(
            packPrice: yuan(amount), packSize: BaseUnits(packSize), validity: Validity(from: day(from), through: through.map(day)),
            source: "文件")
    }

    private func summary(_ timeline: PriceTimeline) -> [String] {
        timeline.entries.map { entry in
            let days = entry.terms.validity
            let end = days.through.map { String($0.days(since: day(0))) } ?? ""
            return "\(entry.terms.packPrice) \(days.from.days(since: day(0)))…\(end)\(entry.id == nil ? " new" : "")"
        }
    }

    @Test("a price follows one with an open end, which ends on the day before", arguments: [
        // recorded: from, through; new: from, through; what comes of it
        (0, nil, 10, nil, ["10.00 0…9 new", "12.00 10… new"]),
        (0, nil, 1, nil, ["10.00 0…0 new", "12.00 1… new"]),
        (0, nil, 10, 19, ["10.00 0…9 new", "12.00 10…19 new"]),
        (0, 9, 10, nil, ["10.00 0…9", "12.00 10… new"]),
        (10, 19, 0, 9, ["12.00 0…9 new", "10.00 10…19"]),
        (10, nil, 0, 9, ["12.00 0…9 new", "10.00 10…"]),
    ] as [(Int, Int?, Int, Int?, [String])])
    func succession(from: Int, through: Int?, newFrom: Int, newThrough: Int?, expected: [String]) throws {
        var timeline = PriceTimeline([price(.listed, "10", from: from, through: through)])
        _ = try timeline.take(terms("12", newFrom, newThrough), isCorrection: false)
        #expect(summary(timeline) == expected)
    }

    @Test("anything else that is on record for some of the days is in the way", arguments: [
        (0, nil, 0, nil), (0, nil, 0, 5), (5, nil, 0, nil), (0, 9, 9, nil), (0, 9, 0, 9), (0, 9, 5, 6), (5, 6, 0, nil),
    ] as [(Int, Int?, Int, Int?)])
    func overlaps(from: Int, through: Int?, newFrom: Int, newThrough: Int?) {
        var timeline = PriceTimeline([price(.listed, "10", from: from, through: through)])
        #expect(throws: PricesRefusal.self) {
            _ = try timeline.take(terms("12", newFrom, newThrough), isCorrection: false)
        }
        #expect(timeline.superseded.isEmpty && timeline.additions.isEmpty)
    }

    @Test("a correction takes its days and leaves the others", arguments: [
        (0, nil, 0, nil, ["12.00 0… new"]),
        (0, nil, 10, 19, ["10.00 0…9 new", "12.00 10…19 new", "10.00 20… new"]),
        (0, 9, 5, 6, ["10.00 0…4 new", "12.00 5…6 new", "10.00 7…9 new"]),
        (0, 9, 0, 8, ["12.00 0…8 new", "10.00 9…9 new"]),
        (0, 9, -5, 20, ["12.00 -5…20 new"]),
        (0, 9, 5, nil, ["10.00 0…4 new", "12.00 5… new"]),
    ] as [(Int, Int?, Int, Int?, [String])])
    func correction(from: Int, through: Int?, newFrom: Int, newThrough: Int?, expected: [String]) throws {
        var timeline = PriceTimeline([price(.listed, "10", from: from, through: through)])
        #expect(try timeline.take(terms("12", newFrom, newThrough), isCorrection: true) == .corrected)
        #expect(summary(timeline) == expected)
        #expect(timeline.superseded == [PriceID(1)])
    }

    @Test("what is on record already is no change; another end or another pack is one", arguments: [
        ("10", 0, nil, 10, true), ("10", 5, nil, 10, true), ("10", 5, 9, 10, false), ("10", 5, nil, 20, false),
        ("10.01", 5, nil, 10, false),
    ] as [(String, Int, Int?, Int64, Bool)])
    func unchanged(amount: String, from: Int, through: Int?, packSize: Int64, isKnown: Bool) throws {
        var timeline = PriceTimeline([price(.listed, "10")])
        let change = try timeline.take(terms(amount, from, through, packSize: packSize), isCorrection: false)
        #expect((change == .none) == isKnown && timeline.superseded.isEmpty == isKnown)
    }

    @Test("whatever is recorded, each day has one price at most, and the last that was taken for it", arguments: UInt64(0)..<200)
    func oneADay(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var timeline = PriceTimeline([])
        var byDay: [Int: Money] = [:]
        let horizon = 60
        for step in 1...30 {
            let from = Int.random(in: 0..<horizon, using: &random)
            let through = Int.random(in: 0..<3, using: &random) == 0 ? nil : from + Int.random(in: 0..<20, using: &random)
            let amount = Money(tenThousandths: Int64(step))
            let new = PriceTerms(
                packPrice: amount, packSize: 10, validity: Validity(from: day(from), through: through.map(day)), source: "文件")
            let isCorrection = Bool.random(using: &random)
            guard let change = try? timeline.take(new, isCorrection: isCorrection) else { continue }
            for number in from...min(through ?? horizon, horizon) { byDay[number] = amount }
            // A predecessor does not come back when the one that followed it ends.
            if change == .succeeded, let through, through < horizon { for number in (through + 1)...horizon { byDay[number] = nil } }
        }
        for number in 0...horizon {
            let holding = timeline.entries.filter { $0.terms.validity.contains(day(number)) }
            #expect(holding.map(\.terms.packPrice) == [byDay[number]].compactMap { $0 }, "seed \(seed), day \(number)")
        }
        #expect(timeline.entries.map(\.terms.validity.from) == timeline.entries.map(\.terms.validity.from).sorted())
    }
}
