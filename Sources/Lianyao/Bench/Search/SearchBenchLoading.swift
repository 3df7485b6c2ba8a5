import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives

/// Writes a catalogue into the database, and a consortium whose formulary has a tenth of its products.
struct SearchBenchLoading: Sendable {
    let catalog: SearchBenchCatalog
    let now: Instant

    private struct NothingMade: Error {}

    func load(in transaction: Transaction) throws {
        try transaction.copy(
            """
            COPY formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                 volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            FROM STDIN
            """,
            rows: catalog.products.lazy.map { product in
                [
                    product.code, "western", product.name, product.form, product.strength, "tablet", "A", true, false, true,
                    "none", "room", false, product.pinyin.text, product.pinyin.initials,
                ]
            })
        try transaction.copy(
            "COPY parties.company (name, is_manufacturer) FROM STDIN", rows: catalog.makers.lazy.map { [$0.name, true] })
        let products = try numbers("SELECT product_id AS id, code AS key FROM formulary.product", transaction)
        let makers = try numbers("SELECT company_id AS id, name AS key FROM parties.company", transaction)
        try transaction.copy(
            """
            COPY formulary.article (product_id, manufacturer_id, insurance_code, trade_name, approval_number, base_code, gtin,
                 pack_size, pack_unit, pack_text) FROM STDIN
            """,
            rows: (0..<catalog.articleCount).lazy.map { index in
                let article = catalog.article(index)
                return [
                    products[catalog.products[article.product].code], makers[catalog.makers[article.maker].name],
                    article.insuranceCode, article.tradeName, article.approvalNumber, article.baseCode, article.gtin, 24, "盒",
                    "24/盒",
                ]
            })
    }

    private func numbers(_ sql: SQL, _ transaction: Transaction) throws -> [String: Int64] {
        let rows = try transaction.query(sql) { try ($0["key"] as String, $0["id"] as Int64) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    func addKeeper(in transaction: Transaction) throws -> Principal {
        let parties = PartiesStore(transaction)
        guard let consortium = try parties.addConsortium(code: "bench", name: "bench", shape: .countyCommunity),
            let facility = try parties.addFacility(
                to: consortium, code: "F1", name: "bench", level: .county, role: .lead, servesAs: "bench"),
            let person = try People(transaction).add(
                to: consortium, code: "bench", name: "bench", facility: facility, company: nil, roles: [.formularyKeeper])
        else { throw NothingMade() }
        return Principal(
            consortium: consortium, person: person, name: "bench", facility: facility, company: nil, roles: [.formularyKeeper])
    }

    func publishFormulary(by keeper: Principal, in transaction: Transaction) throws {
        let products = try transaction.query("SELECT product_id FROM formulary.product WHERE product_id % 10 = 0") {
            try $0["product_id"] as ProductID
        }
        let version = FormularyVersionID(UUID())
        _ = try DraftFormulary(id: version, note: "bench").run(in: transaction, by: keeper, at: now)
        _ = try PutFormularyEntries(
            version: version, entries: products.map { FormularyEntry(product: $0, levels: [.county, .township]) }
        ).run(in: transaction, by: keeper, at: now)
        _ = try PublishFormulary(version: version, validFrom: now.businessDay).run(in: transaction, by: keeper, at: now)
    }
}
