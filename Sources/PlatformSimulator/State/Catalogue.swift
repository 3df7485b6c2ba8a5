import Primitives

/// What may be ordered, from whom, to where.
struct Catalogue {
    private(set) var products: [SimulatorProduct]
    private var productByCode: [String: Int] = [:]
    private let suppliers: [String: String]
    private(set) var deliveryPoints: [String: String]
    private let acceptsUnknownCodes: Bool
    private let agreed: Set<[String]>
    /// Every code once, so that many lines share the text of a few codes.
    private var known: Set<String> = []

    init(_ options: SimulatorOptions) {
        products = options.products
        suppliers = options.suppliers
        deliveryPoints = options.deliveryPoints
        acceptsUnknownCodes = options.acceptsUnknownCodes
        agreed = Set(options.agreedVolumes.map { [$0.product, $0.supplier] })
        for (index, product) in products.enumerated() { productByCode[product.code] = index }
    }

    func product(_ code: String) -> SimulatorProduct? { productByCode[code].map { products[$0] } }

    /// The code itself when it has no name.
    func supplierName(_ code: String) -> String { suppliers[code] ?? code }

    func deliveryPointName(_ code: String) -> String { deliveryPoints[code] ?? code }

    func productName(_ code: String) -> String { product(code)?.name ?? code }

    func knowsSupplier(_ code: String) -> Bool { !code.isEmpty && (acceptsUnknownCodes || suppliers[code] != nil) }

    func knowsDeliveryPoint(_ code: String) -> Bool { !code.isEmpty && (acceptsUnknownCodes || deliveryPoints[code] != nil) }

    mutating func name(deliveryPoint code: String, _ name: String?) { deliveryPoints[code] = name }

    /// Whether packs of the product by the supplier count towards an agreed volume.
    func isAgreedVolume(_ product: String, _ supplier: String) -> Bool { agreed.contains([product, supplier]) }

    /// What the platform has against a line; nil when it takes it.
    func defect(of line: LineDraft) -> LineDefect? {
        guard knowsSupplier(line.supplier) else { return .unknownSupplier }
        guard let product = product(line.product) else {
            guard acceptsUnknownCodes, !line.product.isEmpty else { return .unknownProduct }
            return line.price == nil ? .wrongPrice : nil
        }
        guard product.suppliers.isEmpty || product.suppliers.contains(line.supplier) else { return .notDelivered }
        if let price = line.price, price != product.price { return .wrongPrice }
        return nil
    }

    /// The price that is agreed for a line without defect.
    func price(of line: LineDraft) -> Money { line.price ?? product(line.product)?.price ?? .zero }

    /// The same text, kept once.
    mutating func shared(_ code: String) -> String { known.insert(code).memberAfterInsert }
}
