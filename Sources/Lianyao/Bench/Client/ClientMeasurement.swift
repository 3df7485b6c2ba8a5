/// What one client did in one turn.
struct ClientMeasurement: Sendable {
    let perSecond: Int64
    let medianMicroseconds: Int64
    let p99Microseconds: Int64

    /// - Parameter latencies: one for each transaction of the turn, in microseconds, in any order.
    init?(latencies: [Int64], seconds: Int) {
        guard !latencies.isEmpty, seconds > 0 else { return nil }
        let sorted = latencies.sorted()
        perSecond = Int64(sorted.count / seconds)
        medianMicroseconds = sorted[sorted.count / 2]
        p99Microseconds = sorted[sorted.count * 99 / 100]
    }

    /// The turn in the middle by transactions per second.
    static func middle(of turns: [ClientMeasurement]) -> ClientMeasurement? {
        turns.isEmpty ? nil : turns.sorted { $0.perSecond < $1.perSecond }[turns.count / 2]
    }
}

/// A table for the terminal: a column for names, then numbers aligned to the right.
struct ClientTable {
    private static let nameWidth = 34
    private static let width = 16

    let heads: [String]
    private(set) var lines: [String]

    init(_ title: String, heads: [String]) {
        self.heads = heads
        lines = ["", Self.line(title.count > Self.nameWidth ? "" : title, heads)]
        if title.count > Self.nameWidth { lines.insert(title, at: 1) }
    }

    mutating func add(_ name: String, _ cells: [String]) { lines.append(Self.line("  \(name)", cells)) }

    private static func line(_ name: String, _ cells: [String]) -> String {
        let start = name + String(repeating: " ", count: max(0, nameWidth - name.count))
        return cells.reduce(start) { $0 + String(repeating: " ", count: max(1, width - $1.count)) + $1 }
    }

    /// Microseconds as milliseconds.
    static func milliseconds(_ microseconds: Int64) -> String {
        let rest = "\(microseconds % 1_000)"
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// A quotient in hundredths, rounded down.
    static func ratio(_ number: Int64, to base: Int64?) -> String {
        guard let base, base > 0 else { return "-" }
        let hundredths = number * 100 / base
        return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }
}
