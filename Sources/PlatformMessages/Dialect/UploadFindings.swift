import Primitives

extension Finding {
    /// The record is there when a row has our key, or, on a platform that does not keep it, says the same of the same batch, time and
    /// number of packs. Two such rows are a person's: it may have been told twice.
    func uploaded(_ upload: PlatformUpload) -> PlatformReply {
        guard let record = upload.records.first, upload.records.count == 1 else {
            return .unclear("no question shows several records")
        }
        let theirs = rows.compactMap { row in
            if case .upload(let row) = row, row.isValid, row.isAbout(record, upload.kind) { row } else { nil }
        }
        let named = theirs.filter { $0.key == record.key }
        let alike = theirs.filter { $0.key != record.key && $0.isAnonymous && $0.isLike(record) }
        let found = named.isEmpty ? alike : named
        guard let row = found.first else {
            // Rows of the batch that could be it, told with no time or none of our key, leave it open.
            return theirs.contains { $0.isAnonymous && $0.mayBe(record) } ? .unclear("a row may be it and does not say so") : absent
        }
        guard found.count == 1 else { return .unclear("\(found.count) rows are about the record") }
        if let quantity = row.quantity, quantity.hundredths != record.quantity.hundredths {
            return .unclear("the platform has another number of packs")
        }
        return .done(PlatformAcknowledgement(document: row.platformRecord.isEmpty ? nil : row.platformRecord))
    }
}

extension PlatformUploadRow {
    /// Whether the platform did not keep what we told it as our key.
    fileprivate var isAnonymous: Bool { key.isEmpty }

    /// Whether it is of the record's batch and kind.
    fileprivate func isAbout(_ record: PlatformUploadRecord, _ kind: PlatformUploadKind) -> Bool {
        guard serial.isEmpty || serial == record.serial || serial == record.key else { return false }
        if let change, change != record.change { return false }
        guard let isReturn else { return true }
        return isReturn == (kind == .purchaseReturn || kind == .saleReturn)
    }

    fileprivate func isLike(_ record: PlatformUploadRecord) -> Bool {
        quantity?.hundredths == record.quantity.hundredths && at.count == 19 && at == record.at.chineseText
    }

    fileprivate func mayBe(_ record: PlatformUploadRecord) -> Bool {
        guard quantity == nil || quantity?.hundredths == record.quantity.hundredths else { return false }
        return at.isEmpty || record.at.chineseText.hasPrefix(at)
    }
}

extension Instant {
    /// `2026-11-22 09:30:00`, in China.
    fileprivate var chineseText: String {
        let text = Instant(microseconds: microseconds + 8 * 3_600_000_000).description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }
}
