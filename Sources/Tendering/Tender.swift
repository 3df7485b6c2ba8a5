import Postgres
public import Primitives

public typealias TenderID = DocumentID<Tender>

/// An invitation to suppliers to bid for packages of products.
public struct Tender: Sendable, Hashable, Codable {
    public let id: TenderID
    /// For people: `ZB-2026-000123`.
    public let number: String
    public let title: String
    /// No bid is taken from this moment on.
    public let bidsCloseAt: Instant
    /// No bid is opened before this moment.
    public let opensAt: Instant
    public let state: TenderState
    public let draftedAt: Instant
    /// The tender's place in the list of all tenders, for page cursors.
    public let serial: Int64
    /// Why it was cancelled; empty otherwise.
    public let reason: String
}

/// A sentence kept with a decision, in the two languages of the pages.
public struct Reason: Sendable, Hashable, Codable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    /// A sentence that a person wrote, in whichever language it was written.
    public init(written text: String) { self.init(text, text) }
}

/// A company asked to bid.
public struct Invitation: Sendable, Hashable, Codable {
    public let company: CompanyID
    public let companyName: String
    public let invitedAt: Instant
}

extension Tender {
    static let columns: SQL = "tender_id, number, title, bids_close_at, opens_at, state, drafted_at, serial, reason"

    init(_ row: Row) throws {
        self.init(
            id: try row["tender_id"], number: try row["number"], title: try row["title"],
            bidsCloseAt: try row["bids_close_at"], opensAt: try row["opens_at"], state: try row["state"],
            draftedAt: try row["drafted_at"], serial: try row["serial"], reason: try row["reason"])
    }
}
