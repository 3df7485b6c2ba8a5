import Identity
public import Postgres
public import Primitives

/// Gives a pharmacist the next prescription of the consortium to review and keeps it from the others for a while:
/// emergencies first, then those whose patient waits, then the oldest.
///
/// Source: R-RV-06 (one queue for the whole consortium; who reviewed, where and when stays on the record).
public struct TakeNextForReview: Sendable {
    public init() {}

    /// - Returns: the hold; `nil` when nothing waits that the pharmacist may review.
    /// - Throws: `IdentityRefusal` for anyone but a pharmacist; ``DispensingRefusal``: not declared a reviewer where the
    ///   consortium requires it, or holding as many as one may.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ReviewHold? {
        try principal.require(oneOf: [.pharmacist])
        let practice = try PracticeStore(transaction, principal.consortium).practice()
        try ReviewerStore(transaction, principal.consortium).requireReviewer(principal, practice, on: now.businessDay)
        let queue = ReviewQueueStore(transaction, principal.consortium)
        try queue.releaseExpired(of: principal.person, at: now)
        let taken = try queue.slots(of: principal.person)
        guard let slot = (1...practice.holdsMax).first(where: { !taken.contains($0) }) else {
            let held = try queue.holds(of: principal.person, at: now).map(\.number).joined(separator: ", ")
            throw DispensingRefusal(.holdsFull, "\(principal.name) holds \(held), at most \(practice.holdsMax)")
        }
        guard let next = try queue.next(for: principal.person, at: now) else { return nil }
        return try queue.hold(
            next, by: principal.person, slot: slot, from: now, until: now.adding(.seconds(practice.holdMinutes * 60)))
    }
}

/// Keeps a prescription that the pharmacist holds for as long again, from now.
public struct RenewReviewHold: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist; ``DispensingRefusal`` when the pharmacist does not hold it, or
    ///   no more.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ReviewHold {
        try principal.require(oneOf: [.pharmacist])
        let practice = try PracticeStore(transaction, principal.consortium).practice()
        let renewed = try ReviewQueueStore(transaction, principal.consortium).renew(
            prescription, by: principal.person, at: now, until: now.adding(.seconds(practice.holdMinutes * 60)))
        guard let renewed else { throw DispensingRefusal(.notHeld, "prescription \(prescription)") }
        return renewed
    }
}

/// Gives a prescription back to the queue, at the place it had.
public struct ReleaseReviewHold: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    /// - Returns: the hold that ends.
    /// - Throws: `IdentityRefusal` for anyone but a pharmacist; ``DispensingRefusal`` when the pharmacist does not hold it.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ReviewHold {
        try principal.require(oneOf: [.pharmacist])
        let queue = ReviewQueueStore(transaction, principal.consortium)
        let hold = try queue.holds(of: principal.person, at: now).first { $0.prescription == prescription }
        guard let hold, try queue.release(prescription, by: principal.person, at: now) else {
            throw DispensingRefusal(.notHeld, "prescription \(prescription)")
        }
        return hold
    }
}
