import Primitives

/// One request's turn: when it is, and which faults it is to meet.
struct Turn {
    let now: Instant
    let details: FaultDetails
    private let drawn: Set<SimulatorFault>
    /// Those that took place.
    private(set) var met: Set<SimulatorFault> = []

    init(now: Instant, drawn: Set<SimulatorFault>, details: FaultDetails) {
        self.now = now
        self.drawn = drawn
        self.details = details
        clock = drawn.contains(.clockSkew) ? now.adding(.seconds(details.skewSeconds)) : now
        if drawn.contains(.clockSkew) { met.insert(.clockSkew) }
    }

    /// What the platform believes the time to be.
    let clock: Instant

    /// A moment as the platform tells it.
    func told(_ instant: Instant) -> Instant {
        Instant(microseconds: instant.microseconds + clock.microseconds - now.microseconds)
    }

    /// Whether the fault takes place here and now. Asked only where it can.
    mutating func meets(_ fault: SimulatorFault) -> Bool {
        guard drawn.contains(fault) else { return false }
        met.insert(fault)
        return true
    }
}
