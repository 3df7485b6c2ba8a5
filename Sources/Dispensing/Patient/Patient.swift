import Postgres
public import Primitives

public typealias PatientID = DocumentID<Patient>

public enum Sex: String, StoredText, Codable, CaseIterable {
    case female, male, unknown
}

/// A person who is treated in the consortium, with no more about them than prescriptions need.
public struct Patient: Sendable, Hashable, Codable {
    public let id: PatientID
    /// `HZ-2026-000123`.
    public let number: String
    public let name: String
    public let sex: Sex
    public let birthOn: CalendarDate
    /// `138****5678`; empty when none was given.
    public let phone: String
    /// Three characters and the last one of the resident number; `nil` when none was given.
    public let residentMasked: String?
}

/// A mobile number of mainland China, kept only masked.
struct MobileNumber {
    let masked: String

    /// `nil` when it is not eleven digits that begin with 1.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 11, bytes.first == UInt8(ascii: "1"), bytes.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        masked = "\(text.prefix(3))****\(text.suffix(4))"
    }
}

extension Patient {
    init(_ row: Row) throws {
        self.init(
            id: try row["patient_id"], number: try row["number"], name: try row["name"], sex: try row["sex"],
            birthOn: try row["birth_on"], phone: try row["phone_masked"], residentMasked: try row["resident_masked"])
    }
}
