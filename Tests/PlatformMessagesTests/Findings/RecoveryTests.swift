import PlatformMessages
import Testing

@Suite("How to find out what became of a fact")
struct RecoveryTests {
    /// What is asked, told again or left to a person, by fact: Zhejiang's drugs and consumables, Shanghai's drugs and consumables.
    @Test(
        "is by asking where the platform shows it",
        arguments: [
            (.createOrder, ["again", "again", "again", "again"]),
            (.sendOrder, ["order-lines", "order-lines", "order-lines", "order-lines"]),
            (.changeOrder, ["draft-lines", "again", "again", "nobody"]),
            (.voidOrder, ["order-lines", "order-lines", "order-lines", "order-lines"]),
            (.acceptDelivery, ["delivery-line", "delivery-line", "delivery-line", "delivery-line"]),
            (.applyReturn, ["return-state", "return-state", "again", "again"]),
            (.confirmReturn, ["nobody", "nobody", "return-state", "return-state"]),
            (.acceptInvoice, ["nobody", "nobody", "again", "invoice-state"]),
            (.confirmPayment, ["nobody", "nobody", "nobody", "invoice-state"]),
            (.createSettlement, ["again", "again", "nobody", "nobody"]),
            (.addToSettlement, ["nobody", "nobody", "nobody", "nobody"]),
            (.submitSettlement, ["nobody", "nobody", "nobody", "nobody"]),
            (.examineSettlement, ["nobody", "nobody", "nobody", "nobody"]),
            (.reportStock, ["nobody", "nobody", "again", "nobody"]), (.createInquiry, ["nobody", "nobody", "again", "nobody"]),
            (.selectListings, ["nobody", "again", "nobody", "nobody"]), (.setSuppliers, ["nobody", "again", "nobody", "nobody"]),
            (.sendInquiry, ["nobody", "nobody", "nobody", "nobody"]),
            (.saveDeliveryPoint, ["delivery-points", "delivery-points", "again", "again"]),
        ] as [(PlatformFactKind, [String])])
    func recovery(kind: PlatformFactKind, expected: [String]) throws {
        for (code, word) in zip(Platforms.codes, expected) {
            switch try Platforms.dialect(code).recovery(of: Told.fact(kind)) {
            case .ask(let question): #expect(question.kind.rawValue == word, "\(code)")
            case .tellAgain(let reason): #expect(word == "again" && !reason.isEmpty, "\(code)")
            case .none: #expect(word == "nobody", "\(code)")
            }
        }
    }

    @Test("the question can be asked, and its answer says what became of the fact", arguments: Platforms.all)
    func roundTrip(code: String) throws {
        let dialect = try Platforms.dialect(code)
        let asked = [PlatformFact.sendOrder(Told.draft), .acceptDelivery(Told.receipt), .applyReturn(Told.newReturn)]
        for fact in asked {
            guard case .ask(let question) = dialect.recovery(of: fact) else { continue }
            _ = try dialect.request(asking: question, after: nil, stamped: Platforms.stamp)
            let answer = try Recorded.answer(code, question.kind.rawValue)
            guard case .page(var page) = dialect.page(in: answer, to: question, after: nil, stamped: Platforms.stamp) else {
                Issue.record("\(code) \(fact.kind)")
                continue
            }
            page.next = nil
            #expect(dialect.finding(in: [page], about: fact).kind == "done", "\(code) \(fact.kind.rawValue) \(page)")
        }
    }
}
