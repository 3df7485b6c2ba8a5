import Primitives

/// What the platform knows, whichever face it was told through. Things refer to one another by their index in these tables.
struct Platform: Sendable {
    var catalogue: Catalogue
    let suppliersSide: SupplierBehaviour
    let undeliveredDays: Int?
    let agreedVolumes: [SimulatorAgreedVolume]

    private(set) var books: [Book] = []
    private var bookOf: [SimulatorFace: [String: Int]] = [:]

    var orders: [Order] = []
    var lines: [OrderLine] = []
    var notes: [DeliveryNote] = []
    var shipments: [Shipment] = []
    var invoices: [Invoice] = []
    var invoiceLines: [InvoiceLine] = []
    var returns: [GoodsReturn] = []
    var settlements: [Settlement] = []
    /// Packs accepted and not returned, by product and supplier, of what an agreed volume is for.
    var movedVolumes: [[String]: Int64] = [:]

    var agenda = Agenda()
    var random: SeededGenerator
    private var things: [Int64: Thing] = [:]
    private var serial: Int64

    init(_ options: SimulatorOptions) {
        catalogue = Catalogue(options)
        serial = options.serialBase
        suppliersSide = options.suppliersSide
        undeliveredDays = options.zhejiang.undeliveredDays
        agreedVolumes = options.agreedVolumes
        random = SeededGenerator(seed: options.seed ^ 0x5A1E5)
    }

    /// What a number is of.
    enum Thing {
        case order(Int)
        case orderPart(order: Int)
        case line(Int)
        case note(Int)
        case shipment(Int)
        case invoice(Int)
        case invoiceLine(Int)
        case goodsReturn(Int)
        case settlement(Int)
    }

    /// A new number for a thing.
    mutating func number(_ thing: Thing, at now: Instant) -> PlatformID {
        let id = freeNumber(at: now)
        things[id.serial] = thing
        return id
    }

    /// A new number that nothing is found by.
    mutating func freeNumber(at now: Instant) -> PlatformID {
        serial += 1
        return PlatformID(serial: serial, day: now.businessDay)
    }

    /// What the text is the number of.
    func thing(_ text: String, _ face: SimulatorFace) -> Thing? { PlatformID.serial(text, face).flatMap { things[$0] } }

    func thing(_ serial: Int64) -> Thing? { things[serial] }

    /// The institution's book, which is begun when there is none.
    mutating func book(_ face: SimulatorFace, _ institution: String) -> Int {
        if let known = bookOf[face]?[institution] { return known }
        books.append(Book(face: face, institution: institution))
        bookOf[face, default: [:]][institution] = books.count - 1
        return books.count - 1
    }

    mutating func change<Answer>(_ book: Int, _ change: (inout Book) -> Answer) -> Answer { change(&books[book]) }
}
