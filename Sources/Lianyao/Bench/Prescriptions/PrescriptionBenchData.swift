import Dispensing
import Postgres
import Primitives

/// A consortium with a county hospital that prescribes and reviews, townships that hand out, and two years of prescriptions:
/// nearly all handed out, some approved and open, some that wait for review. Written set by set.
struct PrescriptionBenchData: Sendable {
    struct Loaded: Sendable {
        let id: ConsortiumID
        let hospital: FacilityID
        let prescriber: PersonID
        let reviewers: [PersonID]
        let pharmacies: [Pharmacy]
        let products: [ProductID]
        /// Approved prescriptions, each with the place of a pharmacy that has everything.
        var approved: [Approved] = []
        /// Patients to whom nothing open was written, each with the place of what they usually take.
        var patients: [Patient] = []
    }

    struct Pharmacy: Sendable {
        let facility: FacilityID
        let store: StoreID
        let dispenser: PersonID
    }

    struct Approved: Sendable {
        let id: PrescriptionID
        let pharmacy: Int
    }

    struct Patient: Sendable {
        let id: PatientID
        let product: Int
    }

    static let pharmacyCount = 20
    /// Not a multiple of the pharmacies: each of these has every product.
    static let productCount = 499
    /// How far apart the two products of a patient are.
    static let productsApart = 250
    /// Base units of each line, a whole pack: two tablets twice a day for a week.
    static let quantity: Int64 = 28

    let prescriptionCount: Int
    /// How many are approved and open, how many wait for review, and how many patients are left for new ones.
    let openCount: Int
    let reviewerCount: Int
    let now: Instant

    var dispensedCount: Int { prescriptionCount - 2 * openCount }
    /// Enough that nobody has an open prescription while another one lasts.
    var patientCount: Int { max(prescriptionCount / 5, 3 * openCount + prescriptionCount / 50 + 100) }

    func load(in transaction: Transaction) throws -> Loaded {
        var loaded = try PrescriptionBenchConsortium(data: self).load(in: transaction)
        try PrescriptionBenchHistory(data: self, loaded: loaded).load(in: transaction)
        try PrescriptionBenchLedger(data: self, loaded: loaded).load(in: transaction)
        loaded.approved = try transaction.query(
            "SELECT prescription_id, pharmacy FROM history WHERE state = 'approved' ORDER BY number"
        ) { Approved(id: try $0["prescription_id"], pharmacy: try $0["pharmacy"]) }
        loaded.patients = try transaction.query(
            """
            SELECT patient_id, place % \(Self.productCount) AS product
              FROM generate_series(\(prescriptionCount + 1), \(prescriptionCount + openCount)) AS number
              JOIN bench_patient ON place = number % \(patientCount)
             ORDER BY number
            """
        ) { Patient(id: try $0["patient_id"], product: try $0["product"]) }
        return loaded
    }
}
