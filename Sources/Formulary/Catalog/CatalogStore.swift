import Parties
import Postgres
import Primitives

/// Every SQL statement of imports of products and companies: what is on record read whole, what is new or changed written
/// by many rows a statement.
struct CatalogStore {
    private let transaction: Transaction
    private static let rowsMax = 1_000

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// One import at a time: what a plan found on record stays so until it is written.
    func lockImports() throws {
        let key: Int64 = 0x666F_726D_756C_6172  // "formular"
        try transaction.execute("SELECT pg_advisory_xact_lock(\(key))")
        // Tables of articles may be large and new to the planner: what it does not know yet must not mislead it.
        try transaction.execute(
            """
            SELECT set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true),
                   set_config('enable_mergejoin', 'off', true)
            """)
    }

    // MARK: - Products

    func products() throws -> [ProductRecord] {
        try transaction.query(
            """
            SELECT code, kind, generic_name, english_name, dosage_form, strength, base_unit, drug_class, reimbursement,
                   essential, volume_based, long_prescription, special_control, storage, light_protected, disease_groups,
                   pinyin, pinyin_initials
              FROM formulary.product
            """
        ) { row in
            try ProductRecord(
                code: row["code"], kind: row["kind"], genericName: row["generic_name"], englishName: row["english_name"],
                dosageForm: row["dosage_form"], strength: row["strength"], baseUnit: row["base_unit"],
                drugClass: row["drug_class"], reimbursement: row["reimbursement"], isEssential: row["essential"],
                isVolumeBased: row["volume_based"], mayBeLongPrescription: row["long_prescription"],
                specialControl: row["special_control"], storage: row["storage"], isLightProtected: row["light_protected"],
                diseaseGroups: row["disease_groups"], pinyin: row["pinyin"], pinyinInitials: row["pinyin_initials"])
        }
    }

    /// Adds products, and gives those whose code is known their new fields.
    func put(_ products: [ProductRecord]) throws {
        for part in Self.parts(of: products) {
            let rows: [[any SQLParameter]] = part.map { product in
                [
                    product.code, product.kind, product.genericName, product.englishName, product.dosageForm,
                    product.strength, product.baseUnit, product.drugClass, product.reimbursement, product.isEssential,
                    product.isVolumeBased, product.mayBeLongPrescription, product.specialControl, product.storage,
                    product.isLightProtected, product.diseaseGroups, product.pinyin, product.pinyinInitials,
                ]
            }
            try transaction.execute(
                """
                INSERT INTO formulary.product
                       (code, kind, generic_name, english_name, dosage_form, strength, base_unit, drug_class,
                        reimbursement, essential, volume_based, long_prescription, special_control, storage,
                        light_protected, disease_groups, pinyin, pinyin_initials)
                VALUES \(rows: rows)
                ON CONFLICT (code) DO UPDATE
                   SET kind = excluded.kind, generic_name = excluded.generic_name, english_name = excluded.english_name,
                       dosage_form = excluded.dosage_form, strength = excluded.strength, drug_class = excluded.drug_class,
                       reimbursement = excluded.reimbursement, essential = excluded.essential,
                       volume_based = excluded.volume_based, long_prescription = excluded.long_prescription,
                       special_control = excluded.special_control, storage = excluded.storage,
                       light_protected = excluded.light_protected, disease_groups = excluded.disease_groups,
                       pinyin = excluded.pinyin, pinyin_initials = excluded.pinyin_initials
                """)
        }
    }

    /// What articles need to know of their products, by product code.
    func productHeads() throws -> [String: ProductHead] {
        let heads = try transaction.query("SELECT code, product_id, kind, drug_class FROM formulary.product") { row in
            try (
                row["code"] as String, ProductHead(id: row["product_id"], kind: row["kind"], drugClass: row["drug_class"])
            )
        }
        return Dictionary(heads, uniquingKeysWith: { first, _ in first })
    }

    // MARK: - Companies

    /// Every company by name.
    func companies() throws -> [String: CompanyRecord] {
        let found = try transaction.query("SELECT name, credit_code, is_manufacturer, is_supplier FROM parties.company") {
            row in
            try CompanyRecord(
                name: row["name"], creditCode: row["credit_code"], isManufacturer: row["is_manufacturer"],
                isSupplier: row["is_supplier"])
        }
        return Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every licence, by its company's name and its own key.
    func licences() throws -> [String: LicenceRecord] {
        let found = try transaction.query(
            """
            SELECT company.name, licence.kind, licence.number, licence.valid_from, licence.valid_through
              FROM parties.licence JOIN parties.company USING (company_id)
            """
        ) { row in
            let licence = try LicenceRecord(
                kind: row["kind"], number: row["number"], validFrom: row["valid_from"], validThrough: row["valid_through"]
            )
            return ("\(try row["name"] as String)\n\(licence.key)", licence)
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    private static func parts<Element>(of elements: [Element]) -> [ArraySlice<Element>] {
        stride(from: 0, to: elements.count, by: rowsMax).map { elements[$0..<min($0 + rowsMax, elements.count)] }
    }
}
