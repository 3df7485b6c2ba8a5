import Audit
import Identity
public import Postgres
public import Primitives

/// Begins the next version of the consortium's formulary as a draft with the entries of the version in force.
public struct DraftFormulary: Sendable {
    /// Chosen by the caller.
    public var id: FormularyVersionID
    /// Why there is a new version.
    public var note: String

    public init(id: FormularyVersionID, note: String) {
        self.id = id
        self.note = note
    }

    /// - Throws: ``FormularyRefusal`` when the note is too long, then when there is a draft already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> FormularyVersion {
        try principal.require(oneOf: [.formularyKeeper])
        try requireShort(note, field: "note")
        let versions = FormularyVersionsStore(transaction, of: principal.consortium)
        let inForce = try versions.inForce(on: now.businessDay)
        try versions.add(draft: id, note: note, by: principal.person, at: now)
        if let inForce { try versions.copyEntries(from: inForce.id, to: id) }
        let draft = try versions.version(id)
        try AuditTrail(transaction).append(
            "formulary.draft", subject: "formulary version \(id)", by: principal, at: now,
            detail: ["number": "\(draft.number)", "copiedFrom": inForce.map { "\($0.number)" } ?? ""])
        return draft
    }
}

/// The longest note, restriction or reason, in characters.
let formularyTextMax = 500

/// - Throws: ``FormularyRefusal`` when `text` is longer than ``formularyTextMax``.
func requireShort(_ text: String, field: String) throws(FormularyRefusal) {
    guard text.count <= formularyTextMax else {
        throw FormularyRefusal(.textTooLong, "\(text.count) characters, at most \(formularyTextMax)", field: field)
    }
}
