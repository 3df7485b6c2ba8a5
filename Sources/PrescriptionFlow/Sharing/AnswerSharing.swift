import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Agrees to share, or declines; what was agreed may still be declined until it is on its way.
public struct AnswerSharing: Sendable {
    public enum Answer: Sendable, Hashable {
        /// - Parameter quantity: base units that will be sent; `nil`: all that was asked for.
        case agree(quantity: BaseUnits?)
        case decline(reason: String)
    }

    public var sharing: SharingID
    public var answer: Answer

    public init(sharing: SharingID, answer: Answer) {
        self.sharing = sharing
        self.answer = answer
    }

    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown request; `IdentityRefusal` for anyone but a storekeeper or
    ///   pharmacist of the facility that is asked, or a supervisor; ``PrescriptionFlowRefusal``: a state in which none is
    ///   answered, more than was asked for or nothing, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SharingRequest {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .supervisor])
        let store = SharingStore(transaction, principal.consortium)
        let request = try store.locked(sharing)
        try principal.requireFacility(
            try PartiesStore(transaction).store(request.holding, of: principal.consortium).facility)
        switch answer {
        case .agree(let quantity):
            let next = try request.state.after(.agree)
            let agreed = quantity ?? request.quantity
            guard agreed > 0, agreed <= request.quantity else {
                throw PrescriptionFlowRefusal(.quantityInvalid, "\(agreed), \(request.quantity) asked", field: "quantity")
            }
            try store.agree(sharing, next, agreed, by: principal.person, at: now)
        case .decline(let reason):
            let next = try request.state.after(.decline)
            let why = try reason.asReason(for: "declining")
            try store.decline(sharing, next, why: why, by: principal.person, at: now)
        }
        let answered = try store.request(sharing)
        try AuditTrail(transaction).append(
            "prescription-flow.answer-sharing", subject: "sharing \(sharing)", by: principal, at: now,
            detail: ["state": answered.state.rawValue])
        return answered
    }
}

/// Takes a request back: it is no longer wanted.
public struct WithdrawSharing: Sendable {
    public var sharing: SharingID
    public var reason: String

    public init(sharing: SharingID, reason: String) {
        self.sharing = sharing
        self.reason = reason
    }

    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown request; `IdentityRefusal` for anyone but a storekeeper, pharmacist
    ///   or dispenser of the asking facility; ``PrescriptionFlowRefusal``: on its way or ended, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SharingRequest {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .dispenser])
        let store = SharingStore(transaction, principal.consortium)
        let request = try store.locked(sharing)
        try principal.requireFacility(
            try PartiesStore(transaction).store(request.asking, of: principal.consortium).facility)
        let next = try request.state.after(.withdraw)
        try store.end(sharing, next, why: try reason.asReason(for: "withdrawing"), at: now)
        try AuditTrail(transaction).append(
            "prescription-flow.withdraw-sharing", subject: "sharing \(sharing)", by: principal, at: now)
        return try store.request(sharing)
    }
}
