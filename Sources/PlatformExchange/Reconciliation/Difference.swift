import Postgres
public import Primitives

extension Subject {
    public enum Difference {}
}

public typealias DifferenceID = Identifier<Subject.Difference>

/// Something that we and a platform have differently.
public struct Difference: Sendable, Hashable, Codable {
    public enum Kind: String, StoredText, Codable, CaseIterable {
        case missingThere = "missing-there"
        case missingHere = "missing-here"
        case quantity, price, state
    }

    public let id: DifferenceID
    public let platform: String
    public let kind: Kind
    /// What it is about: `order CG-2026-000001/3`, `delivery 2026…`.
    public let subject: String
    public let ours: String
    public let theirs: String
    public let foundAt: Instant

    init(_ row: Row) throws {
        id = try row["difference_id"]
        platform = try row["platform"]
        kind = try row["kind"]
        subject = try row["subject"]
        ours = try row["ours"]
        theirs = try row["theirs"]
        foundAt = try row["found_at"]
    }

    static var columns: SQL { "difference_id, platform, kind, subject, ours, theirs, found_at" }
}
