public import Postgres
public import Primitives

/// Writes down what somebody found that we and a platform have differently, and that what they looked at besides agrees.
public struct NoteDifferences: Sendable {
    public struct Found: Sendable, Hashable {
        public let kind: Difference.Kind
        /// What it is about: `upload LY-17`.
        public let subject: String
        public let ours: String
        public let theirs: String

        public init(_ kind: Difference.Kind, _ subject: String, ours: String, theirs: String) {
            self.kind = kind
            self.subject = subject
            self.ours = ours
            self.theirs = theirs
        }
    }

    public var platform: String
    public var found: [Found]
    /// The subjects that were looked at; differences of theirs that were not found any more are settled.
    public var subjects: [String]

    public init(at platform: String, _ found: [Found], among subjects: [String]) {
        self.platform = platform
        self.found = found
        self.subjects = subjects
    }

    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws {
        let store = DifferencesStore(transaction, consortium, platform)
        for difference in found {
            try store.open(difference.kind, difference.subject, ours: difference.ours, theirs: difference.theirs, at: now)
        }
        let kinds = Dictionary(grouping: found, by: \.subject).mapValues { $0.map(\.kind) }
        for subject in subjects { try store.agree(subject, except: kinds[subject] ?? [], at: now) }
    }
}
