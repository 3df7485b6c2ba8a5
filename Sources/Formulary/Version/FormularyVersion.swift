public import Parties
import Postgres
public import Primitives

public typealias FormularyVersionID = DocumentID<FormularyVersion>

/// Draft → published → in force from its day on, until the next begins. A draft, and a published version that has not
/// come into force, may be withdrawn; a withdrawn one stays as a record.
public enum FormularyVersionStatus: String, StoredText, Codable, CaseIterable {
    case draft, published, withdrawn
}

/// One edition of a consortium's formulary (统一用药目录).
public struct FormularyVersion: Sendable, Hashable, Codable {
    public let id: FormularyVersionID
    /// 1, 2, … within the consortium.
    public let number: Int
    public let status: FormularyVersionStatus
    /// The first day it is in force; of published versions, and of those withdrawn after they were published.
    public let validFrom: CalendarDate?
    public let note: String
    public let draftedBy: PersonID
    public let draftedAt: Instant
    public let publishedBy: PersonID?
    public let publishedAt: Instant?
    /// How many products it permits.
    public let entries: Int

    /// - Throws: ``FormularyRefusal`` unless it is a draft.
    func requireDraft() throws(FormularyRefusal) {
        guard status == .draft else {
            throw FormularyRefusal(.versionNotDraft, "version \(number) is \(status.rawValue)")
        }
    }
}

/// What a formulary says about one product.
public struct FormularyEntry: Sendable, Hashable, Codable {
    public let product: ProductID
    /// Where it may be ordered and prescribed; in the order of ``FacilityLevel``, never empty.
    public let levels: [FacilityLevel]
    /// A restriction in words: specialist only, second line only; empty when there is none.
    public let restriction: String
    /// The greatest number of days one prescription may cover; `nil` when the general rules alone decide.
    public let daysMax: Int?
    /// Why it is in the formulary.
    public let reason: String

    public init(
        product: ProductID, levels: Set<FacilityLevel>, restriction: String = "", daysMax: Int? = nil, reason: String = ""
    ) {
        self.product = product
        self.levels = FacilityLevel.allCases.filter(levels.contains)
        self.restriction = restriction
        self.daysMax = daysMax
        self.reason = reason
    }

    public func permits(at level: FacilityLevel) -> Bool { levels.contains(level) }
}

/// An entry with the product it is about.
public struct FormularyEntryReading: Sendable, Hashable, Codable {
    public let product: Product
    public let entry: FormularyEntry
}

extension FormularyVersion {
    static let columns: SQL = """
        version.version_id, version.number, version.status, version.valid_from, version.note, version.drafted_by,
        version.drafted_at, version.published_by, version.published_at,
        coalesce(version.entries,
                 (SELECT count(*) FROM formulary.entry
                   WHERE entry.consortium_id = version.consortium_id AND entry.version_id = version.version_id)) AS entries
        """

    init(_ row: Row) throws {
        self.init(
            id: try row["version_id"], number: try row["number"], status: try row["status"],
            validFrom: try row["valid_from"], note: try row["note"], draftedBy: try row["drafted_by"],
            draftedAt: try row["drafted_at"], publishedBy: try row["published_by"], publishedAt: try row["published_at"],
            entries: try row["entries"])
    }
}

extension FormularyEntry {
    static let columns: SQL = "entry.product_id, entry.levels, entry.restriction, entry.days_max, entry.reason"

    init(_ row: Row) throws {
        let levels: [FacilityLevel] = try row["levels"]
        let daysMax: Int? = try row["days_max"]
        self.init(
            product: try row["product_id"], levels: Set(levels), restriction: try row["restriction"], daysMax: daysMax,
            reason: try row["reason"])
    }
}
