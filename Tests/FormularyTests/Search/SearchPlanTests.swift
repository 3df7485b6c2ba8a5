import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("searches are answered by indexes")
struct SearchPlanTests {
    /// Products enough that reading all of them is never cheapest; articles and manufacturers in proportion.
    private func fill(_ transaction: Transaction) throws {
        let characters = "阿莫西林头孢克肟洛硝苯地平盐酸二甲双胍美托洛尔布洛芬左氧氟沙星丹参黄芪甘草辛伐他汀替丁奥美拉唑"
        try transaction.execute(
            """
            INSERT INTO formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                   volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            SELECT 'P' || number, 'western',
                   (SELECT string_agg(substr(\(characters), 1 + abs(hashint4(number * 10 + place)) % length(\(characters)), 1), ''
                                      ORDER BY place)
                      FROM generate_series(1, 4) AS place) || CASE number % 3 WHEN 0 THEN '片' WHEN 1 THEN '胶囊' ELSE '注射液' END,
                   'tablet', number || 'mg', 'tablet', 'A', true, false, true, 'none', 'room', false, 'a mo ' || number, 'am' || number
              FROM generate_series(1, 6000) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO parties.company (name, is_manufacturer)
            SELECT '第' || number || CASE number % 2 WHEN 0 THEN '制药厂' ELSE '药业有限公司' END, true FROM generate_series(1, 1000) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, manufacturer_id, insurance_code, approval_number, base_code, gtin,
                   pack_size, pack_unit, pack_text)
            SELECT product_id, (SELECT min(company_id) FROM parties.company) + (product_id * 7 + copy) % 1000,
                   'XA' || product_id || 'E' || copy, '国药准字H' || product_id * 10 + copy, '869' || product_id * 10 + copy,
                   '069' || product_id * 10 + copy, 10, '盒', copy || '盒'
              FROM formulary.product CROSS JOIN generate_series(1, 5) AS copy
            """)
        try RefreshSearch().run(in: transaction)
        for table: SQL in ["product", "article", "product_search", "maker_search"] {
            try transaction.execute("ANALYZE formulary.\(table)")
        }
        try transaction.execute("ANALYZE parties.company")
    }

    @Test("no search reads articles, companies or manufacturers' names from end to end, and one of few products none of theirs")
    func indexes() async throws {
        try await withTestDatabase { database in
            let keeper = try await aKeeper(of: "hangjin", in: database)
            try await database.owner.write { try fill($0) }
            let name = try await database.owner.read {
                try $0.first("SELECT generic_name FROM formulary.product WHERE product_id = 3000") { try $0["generic_name"] as String } ?? ""
            }
            func readWhole(_ text: String) async throws -> [String] {
                // Counted within the transaction, whatever others do.
                try await database.application.read(as: keeper.tenant) { transaction in
                    _ = try ProductSearchStore(transaction).hits(
                        try ProductSearch(text: text), of: keeper.consortium, level: .county, on: Instant.ofTests.businessDay, limit: 21)
                    return try transaction.query(
                        "SELECT relname FROM pg_stat_xact_user_tables WHERE seq_scan > 0 AND schemaname IN ('formulary', 'parties')"
                    ) { try $0["relname"] as String }
                }
            }
            let ofFew = [name, "第77制药厂", "am3000", "XA3000", "XA3", "8693000", "没有这个名字", "qwxzvbk", "第77制要厂"]
            for text in ofFew {
                let read = try await readWhole(text)
                #expect(read.filter { $0 != "version" }.isEmpty, "\(text): \(read)")
            }
            // Of what a third of all products have, so few products as these may well be read whole.
            let ofMany = ["", "片", "注射液", "制药", "a", "amo", "国药准字", "盐酸 片", "片 制药", "am3 药业", "龘" + name.dropFirst()]
            for text in ofMany {
                let read = try await readWhole(text)
                #expect(Set(read).isDisjoint(with: ["article", "company", "maker_search"]), "\(text): \(read)")
            }
        }
    }
}
