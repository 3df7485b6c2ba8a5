import Postgres
public import Primitives

public typealias EditionID = DocumentID<CatalogueEdition>

/// Proposed → accepted, or discarded.
public enum EditionStatus: String, StoredText, Codable, CaseIterable {
    case proposed, accepted, discarded
}

/// How the rows of an edition stand to what was on record when it was compared.
public struct EditionCounts: Sendable, Hashable, Codable {
    /// Rows of the file.
    public let rows: Int
    /// Rows that cannot be used.
    public let skipped: Int
    /// Rows that say what is on record.
    public let unchanged: Int
    public let added: Int
    /// Known already, and new to this catalogue; these count as unchanged too.
    public let listed: Int
    /// In anything, the price included.
    public let changed: Int
    public let priceChanged: Int
    /// Withdrawn earlier, and named again.
    public let returned: Int
    /// Named by the catalogue before and no longer, and by no other.
    public let withdrawn: Int
    /// Named by the catalogue before and no longer, and by another still.
    public let delisted: Int

    /// Rows of articles on record that are written to.
    var changedRows: Int { rows - skipped - unchanged - added }
}

/// One edition of a catalogue of articles: a file that was compared, and what became of it.
public struct CatalogueEdition: Sendable, Hashable, Codable {
    public let id: EditionID
    /// Of all editions, in the order of arrival.
    public let sequence: Int
    /// The catalogue's name; empty for a file that only completed what was on record.
    public let catalogue: String
    public let label: String
    public let status: EditionStatus
    /// What it no longer names is withdrawn as of this day.
    public let validFrom: CalendarDate
    /// SHA-256 of the file, lower-case hex.
    public let fileSHA256: String
    public let encoding: CatalogEncoding
    public let counts: EditionCounts
    /// The number of the edition accepted last when this one was compared; 0 before the first.
    public let basedOn: Int
    /// 1, 2, … over all catalogues, in the order of acceptance.
    public let number: Int?
    public let proposedAt: Instant
    public let decidedAt: Instant?
}

/// An edition as it is first written down.
struct NewEdition {
    let id: EditionID
    let catalogue: String
    let label: String
    let validFrom: CalendarDate
    let format: CatalogFormat
    let counts: EditionCounts
    let basedOn: Int
    let proposedAt: Instant
}
