import LongPrescriptions
public import Postgres
public import Primitives

/// Brings the early warnings of one store up to date: raises those that are new, follows the figures of those that stand, and
/// resolves those whose reason is gone. Run again it changes nothing; two that run at once follow each other.
public struct RaiseRefillWarnings: Sendable {
    /// What one run did.
    public struct Outcome: Sendable, Hashable {
        public let raised: Int
        public let changed: Int
        public let resolved: Int

        public init(raised: Int, changed: Int, resolved: Int) {
            self.raised = raised
            self.changed = changed
            self.resolved = resolved
        }
    }

    public var store: StoreID
    public var terms: WarningTerms

    public init(store: StoreID, terms: WarningTerms = .standard) {
        self.store = store
        self.terms = terms
    }

    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Outcome {
        let warnings = RefillWarningsStore(transaction, consortium)
        try warnings.lock(store, at: now)
        let outlook = try RefillOutlook(
            of: store, in: consortium, terms: terms, transaction: transaction, today: now.businessDay)
        let changes = WarningChanges(
            from: try warnings.open(at: store), to: outlook.unmet(), at: store, today: now.businessDay)
        // What is resolved goes first, so that an instalment that moved here may be warned of again.
        let resolved = try warnings.resolve(
            changes.resolved, lookingThrough: now.businessDay.adding(days: terms.horizonDays), at: now)
        try warnings.change(changes.changed)
        let raised = try warnings.raise(changes.raised, at: store, now)
        return Outcome(raised: raised, changed: changes.changed.count, resolved: resolved)
    }

    /// The stores whose warnings may change: those that patients with an active plan have chosen, and those with open warnings.
    public static func stores(of consortium: ConsortiumID, in transaction: Transaction) throws -> [StoreID] {
        let chosen = try DueInstalments(transaction, of: consortium).pharmacies()
        let warned = try RefillWarningsStore(transaction, consortium).stores()
        return Set(chosen + warned).sorted()
    }
}
