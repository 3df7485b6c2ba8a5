import Dispensing
import Formulary
import Foundation
import Identity
import LongPrescriptions
import Parties
import Postgres
import Primitives

/// The consortium of one run, as the database knows it.
struct SimulatedWorld: Sendable {
    let consortium: ConsortiumID
    let prescriber: Principal
    let reviewer: Principal
    /// Of each pharmacy: who keeps its stock and asks for more, and who hands out.
    let keepers: [Principal]
    let dispensers: [Principal]
    let stores: [StoreID]
    let products: [ProductID]
    let articles: [ArticleID]

    static let packSize: BaseUnits = 28
    /// Chronic diagnosis of every patient: essential hypertension.
    static let diagnosis = (code: "I10", name: "原发性高血压")
}

private struct NothingMade: Error {}

/// Makes the consortium: a county hospital that prescribes and reviews, and townships that hand out.
struct SimulatedWorldBuilder {
    let transaction: Transaction
    /// Tells the consortium of one way of suggesting from that of another in the same database.
    let code: String
    let plan: SimulationPlan

    func build() throws -> SimulatedWorld {
        let parties = PartiesStore(transaction)
        let id = try made(parties.addConsortium(code: code, name: code, shape: .countyCommunity))
        let hospital = try made(
            parties.addFacility(to: id, code: "F0", name: "县医院", level: .county, role: .lead, servesAs: "general hospital"))
        let prescriber = try person(id, "prescriber", hospital, [.prescriber, .formularyKeeper, .supervisor])
        let reviewer = try person(id, "reviewer", hospital, [.pharmacist])
        var (keepers, dispensers, stores): ([Principal], [Principal], [StoreID]) = ([], [], [])
        for number in 1...plan.pharmacies {
            let facility = try made(
                parties.addFacility(
                    to: id, code: "F\(number)", name: "卫生院\(number)", level: .township, role: .member,
                    servesAs: "township health centre"))
            stores.append(try made(parties.addStore(to: id, facility: facility, code: "S\(number)", name: "药房", kind: .pharmacy)))
            keepers.append(try person(id, "keeper\(number)", facility, [.storekeeper, .dispenser]))
            dispensers.append(try person(id, "dispenser\(number)", facility, [.dispenser]))
        }
        let (products, articles) = try goods()
        return SimulatedWorld(
            consortium: id, prescriber: prescriber, reviewer: reviewer, keepers: keepers, dispensers: dispensers, stores: stores,
            products: products, articles: articles)
    }

    /// The products are shared by every consortium of the database; they are made once.
    private func goods() throws -> ([ProductID], [ArticleID]) {
        try transaction.execute(
            """
            INSERT INTO formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                   volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            SELECT 'S' || number, 'western', '慢病药' || number || '号片', 'tablet', '5mg', 'tablet', 'A', true, false, true, 'none',
                   'room', false, '', ''
              FROM generate_series(1, \(plan.products)) AS number
                ON CONFLICT DO NOTHING
            """)
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price)
            SELECT product_id, \(SimulatedWorld.packSize), '盒', '28片/盒', 100000
              FROM formulary.product
             WHERE NOT EXISTS (SELECT FROM formulary.article WHERE article.product_id = product.product_id)
            """)
        let rows = try transaction.query(
            "SELECT product_id, article_id FROM formulary.article JOIN formulary.product USING (product_id) ORDER BY product_id"
        ) { (try $0["product_id"] as ProductID, try $0["article_id"] as ArticleID) }
        return (rows.map(\.0), rows.map(\.1))
    }

    private func person(_ consortium: ConsortiumID, _ code: String, _ facility: FacilityID, _ roles: [Role]) throws -> Principal {
        let people = People(transaction)
        _ = try people.add(to: consortium, code: code, name: code, facility: facility, company: nil, roles: roles)
        return try made(people.person(code: code, of: consortium)).principal(in: consortium)
    }

    private func made<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw NothingMade() }
        return value
    }
}

extension SimulatedWorld {
    /// Puts every product into the formulary of every level, and declares who may begin long prescriptions. Signatures and
    /// reviewers' qualifications are left out: they change nothing of what is simulated.
    func prepare(in transaction: Transaction, at now: Instant) throws {
        var practice = ConsortiumPractice.undeclared
        practice.requiresSignatures = false
        practice.requiresQualifiedReviewers = false
        _ = try DeclarePractice(practice: practice).run(in: transaction, by: prescriber, at: now)
        try DeclareQualification(
            person: prescriber.person,
            qualification: PrescriberQualification(title: .attending, specialties: [.internalMedicine])
        ).run(in: transaction, by: prescriber, at: now)
        let version = FormularyVersionID(UUID())
        _ = try DraftFormulary(id: version, note: "").run(in: transaction, by: prescriber, at: now)
        _ = try PutFormularyEntries(
            version: version, entries: products.map { FormularyEntry(product: $0, levels: [.county, .township]) }
        ).run(in: transaction, by: prescriber, at: now)
        _ = try PublishFormulary(version: version, validFrom: now.businessDay).run(in: transaction, by: prescriber, at: now)
    }
}
