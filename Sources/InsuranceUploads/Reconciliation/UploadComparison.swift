import PlatformExchange
import PlatformMessages
import Primitives

/// Holds what we told of one batch on some day against the insurer's rows of one kind. Pure.
///
/// Rows are matched by our key; what the platform keeps no key of, by its number of packs and whether it is a return. Queries give two
/// decimals where uploads have four, so packs are compared rounded.
struct UploadComparison {
    struct Ours: Sendable, Hashable {
        let key: String
        let quantity: PlatformQuantity
        let isReturn: Bool
    }

    /// `H33010200001/B7`, and what was asked for.
    let batch: String
    let ours: [Ours]

    /// What was looked at, whether it differs or not.
    var subjects: [String] { ours.map { "upload \($0.key)" } + [batch] }

    /// The platform's numbers of our records, where a row has our key and a number.
    func numbers(in rows: [PlatformUploadRow]) -> [(UploadRecordID, String)] {
        let keys = Set(ours.map(\.key))
        return rows.compactMap { row in
            guard row.isValid, !row.platformRecord.isEmpty, keys.contains(row.key) else { return nil }
            return UploadAnnouncement.record(row.key).map { ($0, row.platformRecord) }
        }
    }

    func differences(to rows: [PlatformUploadRow]) -> [NoteDifferences.Found] {
        var rest = rows
        var found: [NoteDifferences.Found] = []
        var unnamed: [Ours] = []
        for record in ours {
            guard let place = rest.firstIndex(where: { $0.key == record.key }) else {
                unnamed.append(record)
                continue
            }
            let row = rest.remove(at: place)
            let subject = "upload \(record.key)"
            if !row.isValid { found.append(.init(.state, subject, ours: "told", theirs: "deleted")) }
            if let quantity = row.quantity, quantity.hundredths != record.quantity.hundredths {
                found.append(.init(.quantity, subject, ours: record.quantity.packs, theirs: quantity.packs))
            }
        }
        for record in unnamed {
            let place = rest.firstIndex {
                $0.key.isEmpty && $0.isValid && $0.quantity?.hundredths == record.quantity.hundredths
                    && ($0.isReturn ?? record.isReturn) == record.isReturn
            }
            if let place {
                rest.remove(at: place)
            } else {
                found.append(.init(.missingThere, "upload \(record.key)", ours: record.quantity.packs, theirs: ""))
            }
        }
        let strange = rest.filter(\.isValid)
        if !strange.isEmpty {
            let theirs = strange.map { "\($0.platformRecord) \($0.key) \($0.quantity?.packs ?? "")" }.sorted().joined(
                separator: "; ")
            found.append(.init(.missingHere, batch, ours: "", theirs: theirs))
        }
        return found
    }
}

extension PlatformQuantity {
    /// `12.33 packs`.
    var packs: String {
        let cents = String(100 + hundredths % 100).dropFirst()
        return "\(hundredths / 100).\(cents) packs"
    }
}
