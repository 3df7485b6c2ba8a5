import Primitives

/// Makes a row of what a record says. What the row does not say of the thing that was asked for comes from the question.
struct RowMaking {
    let question: PlatformQuestion
    let row: Record
    let state: String?

    func made() throws(AnswerDefect) -> PlatformRow {
        switch question {
        case .orderLines(let order), .draftLines(let order): .orderLine(try orderLine(of: order))
        case .orders: .orderLine(try orderLine(of: nil))
        case .deliveryLines: .deliveryLine(try deliveryLine())
        case .noteLines(let note): .deliveryLine(try deliveryLine(of: note))
        case .deliveryLine(let receipt): .deliveryLine(try deliveryLine(of: receipt))
        case .invoiceLines: .invoiceLine(try invoiceLine(nil))
        case .linesOfInvoice(let asked): .invoiceLine(try invoiceLine(asked))
        case .returns: .returned(try returned(nil))
        case .returnState(let asked): .returned(try returned(asked))
        case .invoiceState(let asked): .invoice(try invoice(asked))
        case .invoices: .invoice(try invoice(nil))
        case .deliveryNotes: .deliveryNote(try deliveryNote())
        case .statement:
            .statementLine(
                PlatformStatementLine(
                    supplier: text(.supplier), invoices: count(.invoiceCount) ?? 0, amount: money(.amount) ?? .zero))
        case .deliveryPoints: .deliveryPoint(point())
        case .suppliers:
            .supplier(
                PlatformSupplier(
                    code: text(.supplier), name: text(.supplierName), address: text(.address), contact: text(.contact),
                    telephone: text(.telephone)))
        case .catalogue, .listings, .emergencyListings: .product(article())
        case .prescriptionState, .prescriptionReview, .prescriptionUse, .circulatingDrugs:
            throw AnswerDefect("prescriptions are in no catalogue's rows")
        case .uploads(let question): .upload(try uploadRow(question))
        }
    }

    func text(_ name: NeutralName) -> String { row[name]?.text ?? "" }
    /// The product's code, put together where the platform keeps it in two fields.
    var product: String? {
        if let code = row[.product]?.text { return code }
        guard let head = row[.productHead]?.text else { return nil }
        return row[.productTail]?.text.map { "\(head)/\($0)" } ?? head
    }

    func count(_ name: NeutralName) -> Int64? { row[name]?.integer }
    func money(_ name: NeutralName) -> Money? { row[name]?.money }

    /// A number of packs that must be there.
    func packs(_ name: NeutralName) throws(AnswerDefect) -> Int64 {
        guard let packs = row[name]?.integer else { throw AnswerDefect("a row has no \(name.rawValue)") }
        guard packs >= 0 else { throw AnswerDefect("a row has less than no \(name.rawValue)") }
        return packs
    }

    /// The same; `standard`, if there is one, where the row says nothing.
    func packs(_ name: NeutralName, or standard: Int64?) throws(AnswerDefect) -> Int64 {
        guard let standard, row[name] ?? .absent == .absent else { return try packs(name) }
        return standard
    }

    /// The row's state among those of `State`.
    func state<State: RawRepresentable<String>>(_: State.Type) throws(AnswerDefect) -> State {
        guard let state = state.flatMap(State.init) else { throw AnswerDefect("a row has no state") }
        return state
    }

    private func orderLine(of order: PlatformOrder?) throws(AnswerDefect) -> PlatformOrderLineState {
        let key = row[.lineKey]?.text ?? Self.key(in: text(.keyedNote))
        return PlatformOrderLineState(
            platformLine: text(.platformLine), platformOrder: row[.platformOrder]?.text ?? order?.platformOrder ?? "", lineKey: key,
            product: product ?? "", supplier: text(.supplier), packs: count(.packs), packPrice: money(.packPrice),
            state: try state(PlatformOrderLineState.State.self),
            remark: text(.remark))
    }

    /// The key that a note begins with, `CG-2026-000001/3`; empty when it begins with something else.
    static func key(in note: String) -> String {
        let word = note.split(separator: " ").first ?? ""
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, Int(parts[1]) != nil else { return "" }
        return String(word)
    }

    private func deliveryNote() throws(AnswerDefect) -> PlatformDeliveryNote {
        PlatformDeliveryNote(
            platformNote: text(.platformNote), note: text(.deliveryNote), supplier: text(.supplier),
            state: try state(PlatformDeliveryNote.State.self))
    }

    private func point() -> PlatformPoint {
        PlatformPoint(
            code: text(.deliveryPoint), name: text(.name), province: text(.province), city: text(.city), county: text(.county),
            address: text(.address), contact: text(.contact), telephone: text(.telephone), postcode: text(.postcode),
            note: text(.note))
    }

    private func article() -> PlatformProduct {
        PlatformProduct(
            code: product ?? "", insuranceCode: text(.insuranceCode), approvalNumber: text(.approvalNumber), name: text(.name),
            specification: text(.specification), price: money(.price),
            listedPrice: money(.listedPrice), supplier: text(.supplier), isListed: row[.listing]?.text != "no")
    }
}
