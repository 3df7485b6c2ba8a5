public import Formulary
public import Primitives

extension Product {
    /// Whether it may be brought to a home or a village.
    ///
    /// Source: R-CD-07; Drug Administration Law (2019), art. 61: narcotic, psychotropic, toxic and precursor drugs are not
    /// sold at a distance.
    public var mayBeDelivered: Bool { specialControl == .none }

    /// Whether it must be kept cold all the way.
    ///
    /// Source: §9: cold 2–8 ℃, frozen −25 to −10 ℃; R-LP-12: delivery with storage conditions kept.
    public var isKeptCold: Bool { storage == .cold || storage == .frozen }
}

/// Decides about deliveries. Pure: reads nothing.
public enum DeliveryRules {
    /// Refuses to bring what must not be brought, or not so.
    ///
    /// - Throws: ``PrescriptionFlowRefusal``: a specially controlled product, then one stored cold without the cold kept.
    public static func check(_ products: [Product], keepsCold: Bool) throws(PrescriptionFlowRefusal) {
        if let product = products.first(where: { !$0.mayBeDelivered }) {
            throw PrescriptionFlowRefusal(.productNotDelivered, product.label)
        }
        if !keepsCold, let product = products.first(where: \.isKeptCold) {
            throw PrescriptionFlowRefusal(.coldChainUndeclared, product.label, field: "keepsCold")
        }
    }
}
