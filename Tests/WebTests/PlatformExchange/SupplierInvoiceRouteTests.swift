import Formulary
import PlatformExchange
import PlatformMessages
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Routes of suppliers' invoices")
struct SupplierInvoiceRouteTests {
    private static let base = "/api/v1/platform-exchange"

    @Test("an invoice is seen with what differs, decided once with a reason, and not paid by who let it pass")
    func decide() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let account = RegisteredAccount(
                platform: "shanghai-drugs", institution: "H1", address: "http://127.0.0.1:9", secrets: "small", kinds: [.western])
            let line = PlatformInvoiceLine(
                invoiceLine: "1", number: "F1", supplier: "S", total: Money(tenThousandths: 300), reference: "unknown",
                product: "P", packs: 3, packPrice: Money(tenThousandths: 100), amount: Money(tenThousandths: 300))
            try await database.application.write(as: small.id.tenant) { transaction in
                try RegisterAccount(account, known: ["shanghai-drugs"]).run(in: transaction, by: small.officer, at: .ofTests)
                try TakeInvoices(platform: "shanghai-drugs", lines: [line]).run(in: transaction, for: small.id, at: .ofTests)
                try MatchInvoices(platform: "shanghai-drugs").run(in: transaction, for: small.id, at: .ofTests)
            }
            let people = [small.officer, small.storekeepers[0]]
            try await withServer(SupplierInvoiceRoutes.endpoints, on: database.application, people: people) { web in
                let list = try await web.get("\(Self.base)/invoices?platform=shanghai-drugs&state=waiting", as: small.officer)
                let number = try #require(list.json["items"]?[0]?["id"]?.integer)
                #expect(try await web.get("\(Self.base)/invoices?platform=shanghai-drugs", as: small.storekeepers[0]).status == 403)
                let detail = try await web.get("\(Self.base)/invoices/\(number)?platform=shanghai-drugs", as: small.officer)
                #expect(detail.json["mismatches"]?[0]?["kind"]?.string == "missing-here", "\(detail.text)")
                let path = "\(Self.base)/invoices/\(number)/decision"
                func body(_ reason: String) throws -> JSONValue {
                    try JSONValue(parsing: #"{"platform":"shanghai-drugs","decision":"accept","reason":"\#(reason)"}"#)
                }
                #expect(try await web.post(path, body(" "), as: small.officer).status == 422)
                #expect(try await web.post(path, body("核实"), as: small.storekeepers[0]).status == 403)
                let decided = try await web.post(path, body("核实"), as: small.officer)
                #expect(decided.status == 200 && decided.json["invoice"]?["state"]?.string == "accepted", "\(decided.text)")
                #expect(try await web.post(path, body("又"), as: small.officer).status == 409)
                let payment = try await web.post(
                    "\(Self.base)/payments", JSONValue(parsing: #"{"platform":"shanghai-drugs","invoices":[\#(number)]}"#),
                    as: small.officer)
                #expect(
                    payment.status == 409 && payment.json["code"]?.string == "platform-exchange.payer-accepted", "\(payment.text)")
                let settlements = try await web.get("\(Self.base)/settlements?platform=shanghai-drugs", as: small.officer)
                #expect(settlements.status == 200 && settlements.json["items"]?.elements.isEmpty == true)
                let confirmation = try await web.post(
                    "\(Self.base)/settlements/JS-2026-000001/confirmation",
                    JSONValue(parsing: #"{"platform":"shanghai-drugs","state":"passed"}"#), as: small.officer)
                #expect(confirmation.status == 404, "\(confirmation.text)")
            }
        }
    }
}
