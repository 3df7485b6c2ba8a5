import Primitives

/// A record as the insurer has it.
struct InsurerRecord: Sendable {
    let number: Int
    let institution: String
    let infno: String
    let kind: InsurerMessage.Kind
    let isReturn: Bool
    let serial: String
    let memo: String
    let change: String
    /// Ten-thousandths of a pack.
    let quantity: Int64
    let at: String
    let codes: [String]
    var isValid = true
}

/// Everything an insurer was told.
struct InsurerBook: Sendable {
    private(set) var records: [InsurerRecord] = []

    /// Takes a row in.
    ///
    /// - Throws: why it does not.
    mutating func take(
        _ row: JSONValue, of message: InsurerMessage, _ infno: String, from institution: String, _ options: InsurerOptions
    ) throws(InsurerRefusal) {
        for name in message.mandatory {
            guard let text = row[name]?.insurerText, !text.isEmpty else { throw .business("\(name)不能为空") }
        }
        let serial = row["fixmedins_bchno"]?.insurerText ?? ""
        if message.isDeletion { return delete(serial, row["inv_data_type"]?.insurerText ?? "", of: institution) }
        let memo = row["memo"]?.insurerText ?? ""
        let known = records.filter { $0.institution == institution && $0.serial == serial && $0.isValid }
        let change = row["inv_chg_type"]?.insurerText ?? ""
        let bringsIn = message.kind == .count || infno.hasPrefix("3503") || ["101", "103", "106", "108", "110"].contains(change)
        if options.wantsBatchFirst, !bringsIn, known.isEmpty { throw .business("批次\(serial)没有入库记录") }
        if options.repeatedRecord == .refuses, !memo.isEmpty, known.contains(where: { $0.memo == memo && $0.infno == infno }) {
            throw .business("批次\(serial)的记录已存在")
        }
        guard let quantity = row[message.quantityField]?.insurerText.flatMap({ Money(yuan: $0) }), quantity.tenThousandths >= 0
        else {
            throw .business("\(message.quantityField)格式错误")
        }
        records.append(
            InsurerRecord(
                number: records.count + 1, institution: institution, infno: infno, kind: message.kind, isReturn: message.isReturn,
                serial: serial, memo: memo, change: change, quantity: quantity.tenThousandths,
                at: row[message.timeField]?.insurerText ?? "", codes: Self.codes(row["drugtracinfo"])))
    }

    /// Takes all records of a batch and kind back: 1 counts, 2 changes, 3 purchases, 4 sales.
    private mutating func delete(_ serial: String, _ type: String, of institution: String) {
        let kinds: [String: InsurerMessage.Kind] = ["1": .count, "2": .change, "3": .purchase, "4": .sale]
        for place in records.indices
        where records[place].institution == institution && records[place].serial == serial && records[place].kind == kinds[type] {
            records[place].isValid = false
        }
    }

    /// Rows as queries give them.
    func rows(of message: InsurerMessage, asked data: JSONValue, from institution: String, _ options: InsurerOptions) -> [JSONValue]
    {
        let days =
            (data["begndate"]?.insurerText ?? "")...(max(data["begndate"]?.insurerText ?? "", data["enddate"]?.insurerText ?? ""))
        let names =
            [
                "count": ["medinsProdInvNo", "invCnt", "invdate"], "change": ["medinsProdInvChgNo", "cnt", "invChgTime"],
                "purchase": ["medinsProdPurcNo", "purcRetnCnt", "purcRetnStoinTime"],
            ][message.kind.rawValue] ?? ["medinsProdSelNo", "selRetnCnt", "selRetnTime"]
        return records.filter {
            $0.kind == message.kind && $0.institution == institution && $0.serial == data["fixmedins_bchno"]?.insurerText
                && days.contains(String($0.at.prefix(10)))
        }.map { record in
            // Counts have two decimals in queries.
            let cents = (record.quantity + 50) / 100
            var members: [JSONValue.Member] = [
                .init("fixmedinsBchno", .string(record.serial)), .init(names[0], .string("\(90_000_000 + record.number)")),
                .init(names[1], .string("\(cents / 100).\(DigitText.padded(cents % 100, 2))")), .init(names[2], .string(record.at)),
                .init("valiFlag", .string(record.isValid ? "1" : "0")),
                .init("memo", .string(options.keepsMemo ? record.memo : "")),
            ]
            if message.kind == .change { members.append(.init("invChgType", .string(record.change))) }
            if message.kind == .purchase { members.append(.init("prodRetnFlag", .string(record.isReturn ? "1" : "0"))) }
            return .object(members)
        }
    }

    private static func codes(_ value: JSONValue?) -> [String] {
        let rows = value.map { $0.kind == "object" ? [$0] : $0.elements } ?? []
        return rows.compactMap { $0["drug_trac_codg"]?.string }
    }
}

extension JSONValue {
    /// A text, or a number as it is written.
    var insurerText: String? {
        switch self {
        case .string(let text): text
        case .number(let text): text
        default: nil
        }
    }
}
