import Formulary
import Postgres
import Primitives
import StockLedger

/// Takes what is handed out from the ledger, first expired first out, every line or none.
struct IssueOfLines {
    let dispensing: DispensingID
    let store: StoreID
    let asked: [HandOutLine]
    let prescription: Prescription

    /// - Throws: ``DispensingRefusal``: stock is short of a line, or what is there expires within the course; the id is taken.
    func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> IssuedStock {
        let today = now.businessDay
        let lines = asked.map { part in
            let line = prescription.content.lines[part.line - 1]
            let lasting = DispensingRules.usedThrough(line, handingOut: part.quantity, kind: prescription.kind, today: today)
            return ProductQuantity(product: line.product, quantity: part.quantity, usedThrough: lasting)
        }
        do {
            return try IssueStock(
                store: store, lines: lines, to: .patient, document: DispensingRecord.document(dispensing),
                requestID: dispensing.rawValue
            ).run(in: transaction, by: principal, at: now)
        } catch let refusal as StockLedgerRefusal where refusal.code == .insufficientStock {
            guard let short = try shortages(of: lines, in: transaction, principal, today) else {
                // There is enough, but not of what lasts.
                throw DispensingRefusal(.expiresWithinCourse, refusal.detail, field: refusal.field)
            }
            throw DispensingRefusal(.stockShort, short, field: refusal.field)
        } catch let refusal as StockLedgerRefusal where refusal.code == .alreadyRecorded {
            throw DispensingRefusal(.documentIDTaken, "dispensing \(dispensing)", field: "dispensingID")
        }
    }

    /// Every product that is short, with what is asked and what is there.
    private func shortages(
        of lines: [ProductQuantity], in transaction: Transaction, _ principal: Principal, _ today: CalendarDate
    ) throws -> String? {
        let available = try StockReadings(transaction).available(in: store, of: principal.consortium, today: today)
        let short = lines.filter { $0.quantity > available[$0.product] ?? .zero }
        let products = try ProductsStore(transaction).products(short.map(\.product))
        let named = short.map { line in
            let name = products[line.product]?.label ?? line.product.description
            return "\(name): \(line.quantity) asked, \(available[line.product] ?? .zero) there"
        }
        return named.isEmpty ? nil : named.joined(separator: "; ")
    }

    /// The picks as lines of the dispensing, numbered.
    func lines(_ issued: IssuedStock) -> [DispensedLine] {
        let picks = zip(asked, issued.picksOfLine).flatMap { part, picks in picks.map { (part.line, $0) } }
        return picks.enumerated().map { number, pick in
            DispensedLine(
                number: number + 1, prescriptionLine: pick.0, pick: pick.1, split: .zero, returned: .zero,
                returnedSealed: .zero, codes: [])
        }
    }
}
