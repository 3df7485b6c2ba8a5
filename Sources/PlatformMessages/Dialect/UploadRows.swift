import Primitives

// What an insurer has of our uploads.
extension RowMaking {
    func uploadRow(_ question: PlatformUploadQuestion) throws(AnswerDefect) -> PlatformUploadRow {
        if let serial = row[.batchSerial]?.text, serial != question.serial, serial != question.key {
            throw AnswerDefect("a row is about another batch")
        }
        var quantity: PlatformQuantity?
        if let amount = money(.quantity) {
            guard amount.tenThousandths >= 0 else { throw AnswerDefect("a row has less than no pack") }
            quantity = PlatformQuantity(tenThousandths: amount.tenThousandths)
        }
        return PlatformUploadRow(
            platformRecord: text(.uploadRecord), serial: text(.batchSerial), key: Self.recordKey(in: text(.recordKey)),
            isReturn: row[.returning]?.text.map { $0 == "yes" }, change: row[.stockChange]?.text.flatMap(PlatformStockChange.init),
            quantity: quantity, at: text(.occurredAt), traceCode: text(.traceCode), isValid: row[.validity]?.text != "no")
    }

    /// The key that a memo begins with, `LY-17`; empty when it begins with something else.
    static func recordKey(in memo: String) -> String {
        let word = memo.prefix { $0 != " " }
        return word.hasPrefix("LY-") && word.count > 3 && word.dropFirst(3).allSatisfy(\.isNumber) ? String(word) : ""
    }
}
