/// What two runs of the same year counted, side by side.
public struct SimulationReport: Sendable, Hashable {
    public let plan: SimulationPlan
    public let tallies: [SuggestedBy: SimulationTally]

    public func tally(_ way: SuggestedBy) -> SimulationTally { tallies[way] ?? SimulationTally() }

    /// The report, line by line.
    public var lines: [String] {
        var lines = [
            "\(plan.patients) patients, \(plan.pharmacies) pharmacies, \(plan.products) medicines, \(plan.days) days, seed \(plan.seed)"
        ]
        for way in SuggestedBy.allCases {
            let tally = tally(way)
            lines.append(
                "\(way.rawValue): \(Self.share(tally.visits)) instalments found their stock at the first visit; "
                    + "z \(plan.safetyPerMille[way] ?? 0)/1000, \(tally.averageStock) tablets held on average; \(tally.collected) collected on "
                    + "\(tally.prescriptions) prescriptions; walk-ins served \(tally.walkInsServed) of \(tally.walkIns)")
            let kinds = SimulationTally.Kind.allCases.map { "\($0.rawValue) \(Self.share(tally.visitsOfKind[$0] ?? .init()))" }
            lines.append("\(way.rawValue): found when \(kinds.joined(separator: ", "))")
            for (code, count) in tally.refusals.sorted(by: { $0.key < $1.key }) {
                lines.append("\(way.rawValue): refused \(count) times with \(code)")
            }
        }
        let (alone, due) = (tally(.consumptionAlone), tally(.dueInstalments))
        let gained = due.visits.foundPerMyriad - alone.visits.foundPerMyriad
        let stock = alone.averageStock == 0 ? 0 : due.averageStock * 10_000 / alone.averageStock
        lines.append(
            "Due instalments in the suggestion: \(gained < 0 ? "−" : "+")\(Self.percent(abs(gained))) points found, "
                + "with \(Self.percent(Int(stock))) of the stock held.")
        return lines
    }

    private static func share(_ visits: SimulationTally.Visits) -> String {
        "\(percent(visits.foundPerMyriad)) of \(visits.all)"
    }

    /// Ten-thousandths as per cent with two decimals.
    private static func percent(_ myriad: Int) -> String {
        let rest = myriad % 100
        return "\(myriad / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }
}
