import Outbox
import PlatformMessages
import Postgres
import Primitives

/// What a message in the outbox says: which record. What the record tells is looked up when it is told, so no patient stands in the
/// outbox, and a code that is missing is mended by entering it.
struct UploadContent: Sendable, Hashable, Codable {
    let record: UploadRecordID
}

/// A record that is announced in the transaction in which it is written.
struct UploadAnnouncement {
    let record: UploadRecordID
    let draft: UploadDraft

    /// The serial of a batch: within an institution, what its messages are ordered by.
    static func serial(_ batch: BatchID) -> String { "B\(batch)" }

    /// Our key of a record, which the platform is told and asked by.
    static func key(_ record: UploadRecordID) -> String { "LY-\(record)" }

    /// What messages about a batch in a facility are ordered by. The insurer's code of the facility is not part of it: it may be
    /// corrected while messages wait.
    static func document(of batch: BatchID, in facility: FacilityID) -> String { "facility \(facility)/\(serial(batch))" }

    /// Announces them, document by document in the order of their keys, and within each in the order of the records.
    static func announce(
        _ announcements: [UploadAnnouncement], in transaction: Transaction, for consortium: ConsortiumID, at now: Instant
    ) throws {
        let institutions = try InsuranceUploadsStore(transaction, consortium).institutions()
        let byFacility = Dictionary(uniqueKeysWithValues: institutions.map { ($0.facility, $0) })
        let messages = announcements.compactMap { announcement in
            byFacility[announcement.draft.facility].map { institution in
                (
                    document: OutboxDocument(
                        at: institution.platform, key: document(of: announcement.draft.batch, in: institution.facility)),
                    announcement
                )
            }
        }
        let ordered = messages.sorted {
            ($0.document.destination, $0.document.key, $0.1.record) < ($1.document.destination, $1.document.key, $1.1.record)
        }
        for (index, message) in ordered.enumerated() {
            let record = message.1.record
            try AnnounceFact(
                about: message.document, kind: message.1.draft.kind.factKind().rawValue, businessKey: "upload/\(record)",
                content: try JSON(UploadContent(record: record)).jsonText, haste: index == 0 ? .atOnce : .soon
            ).run(in: transaction, for: consortium, at: now)
        }
    }
}

extension UploadAnnouncement {
    /// The record of a key; `nil` for what is no key of ours.
    static func record(_ key: String) -> UploadRecordID? {
        guard key.hasPrefix("LY-") else { return nil }
        return Int64(key.dropFirst(3)).map { UploadRecordID($0) }
    }
}
