import Primitives

/// Where everything of one institution on one face is found. All numbers are indexes of the tables of ``Platform``.
struct Book {
    let face: SimulatorFace
    let institution: String
    /// Orders by the hospital's name for them, the newest of each.
    var orderByKey: [String: Int] = [:]
    /// Order lines by the hospital's name for them, the newest of each. Zhejiang only.
    var lineByKey: [String: Int] = [:]
    /// Order lines as they were sent: of everybody, and of each supplier.
    var sentLines = BySupplier<[Int]>([])
    /// Shipments as they changed: of everybody, and of each supplier.
    var shipmentUpdates = BySupplier(UpdateLog())
    /// Shipments that are neither accepted nor refused.
    var waitingShipments = LiveList()
    /// Lines of invoices that are not accepted.
    var waitingInvoiceLines = LiveList()
    var notes: [Int] = []
    var noteByNumber: [String: Int] = [:]
    var invoices: [Int] = []
    var invoiceByNumber: [String: Int] = [:]
    var returns = BySupplier<[Int]>([])
    /// Rows that were inserted before each list's pages, by operation; see ``SimulatorFault/movingCursor``. Zhejiang only.
    var inserted: [String: Int] = [:]
    /// Shipments that were accepted, by what and which lot.
    var received: [ReceivedGoods: [Int]] = [:]
}

/// Goods of one supplier and one lot.
struct ReceivedGoods: Hashable {
    let supplier: String
    let product: String
    let lot: String
}

/// The same kept for everybody and for each supplier.
struct BySupplier<Value: Sendable>: Sendable {
    private let empty: Value
    private var all: Value
    private var ofEach: [String: Value] = [:]

    init(_ empty: Value) {
        self.empty = empty
        all = empty
    }

    /// nil or empty for everybody's.
    subscript(_ supplier: String?) -> Value {
        guard let supplier, !supplier.isEmpty else { return all }
        return ofEach[supplier] ?? empty
    }

    mutating func change(_ supplier: String, _ change: (inout Value) -> Void) {
        let empty = empty
        change(&all)
        change(&ofEach[supplier, default: empty])
    }
}
