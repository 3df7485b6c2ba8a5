import Primitives

/// Decides which faults a connection or a request meets: by chance and by script. Counts those that took place.
struct FaultDice {
    var rates: [SimulatorFault: Int]
    private(set) var counts: [SimulatorFault: Int] = [:]
    private var random: SeededGenerator
    private var script: [(entry: ScriptedFault, seen: Int)]

    init(_ options: SimulatorOptions) {
        rates = options.faults
        random = SeededGenerator(seed: options.seed ^ 0xFA17)
        script = options.script.map { ($0, 0) }
    }

    mutating func ofConnection() -> Set<SimulatorFault> { draw(SimulatorFault.ofConnections, operation: nil) }

    mutating func ofRequest(_ operation: String) -> Set<SimulatorFault> { draw(SimulatorFault.ofRequests, operation: operation) }

    /// One way or the other, by chance.
    mutating func coin() -> Bool { Bool.random(using: &random) }

    mutating func count(_ faults: some Sequence<SimulatorFault>) {
        for fault in faults { counts[fault, default: 0] += 1 }
    }

    private mutating func draw(_ possible: [SimulatorFault], operation: String?) -> Set<SimulatorFault> {
        var drawn: Set<SimulatorFault> = []
        for fault in possible {
            guard let rate = rates[fault], rate > 0 else { continue }
            if random.next(upperBound: UInt64(10_000)) < rate { drawn.insert(fault) }
        }
        guard !script.isEmpty else { return drawn }
        for index in script.indices {
            let entry = script[index].entry
            guard possible.contains(entry.fault), entry.operation == nil || entry.operation == operation else { continue }
            script[index].seen += 1
            if script[index].seen == entry.nth { drawn.insert(entry.fault) }
        }
        script.removeAll { $0.seen >= $0.entry.nth }
        return drawn
    }
}
