/// How long a step took, time and again.
struct Timings {
    let name: String
    private var microseconds: [Int64] = []

    init(_ name: String) { self.name = name }

    mutating func time(_ body: () async throws -> Void) async throws {
        let elapsed = try await ContinuousClock().measure(body)
        microseconds.append(elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000)
    }

    /// Counts another step's times as well.
    mutating func add(_ other: Timings) { microseconds += other.microseconds }

    private var sorted: [Int64] { microseconds.sorted() }
    private var median: Int64 { sorted.isEmpty ? 0 : sorted[sorted.count / 2] }

    var report: String {
        let (least, most) = (sorted.first ?? 0, sorted.last ?? 0)
        return "\(name): \(Self.text(median)) median, \(Self.text(least)) to \(Self.text(most)), \(sorted.count) times"
    }

    /// What so many of a hundred were shorter than, in microseconds.
    func percentile(_ share: Int) -> Int64 {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * share / 100)]
    }

    /// Median, 99th percentile and longest.
    var percentiles: String {
        let (late, most) = (percentile(99), sorted.last ?? 0)
        return "\(name): \(Self.text(median)) median, \(Self.text(late)) p99, \(Self.text(most)) longest, \(sorted.count) times"
    }

    /// Median, 95th and 99th percentile and longest, in microseconds.
    var microsecondsReport: String {
        "\(name): \(median) µs median, \(percentile(95)) p95, \(percentile(99)) p99, \(sorted.last ?? 0) longest, "
            + "\(sorted.count) times"
    }

    /// The report with the median as a multiple of another step's, in tenths.
    func report(against baseline: Timings) -> String { "\(report); \(multiple(of: baseline))" }

    /// The median as a multiple of another step's, in tenths.
    func multiple(of baseline: Timings) -> String {
        let tenths = baseline.median == 0 ? 0 : median * 10 / baseline.median
        return "\(tenths / 10).\(tenths % 10) times its baseline"
    }

    private static func text(_ microseconds: Int64) -> String { "\(microseconds / 1_000).\(microseconds / 100 % 10) ms" }
}
