public import Primitives

/// A place on earth, in whole microdegrees: a millionth of a degree is eleven centimetres at most.
public struct Location: Sendable, Hashable, Codable {
    /// North positive, from −90,000,000 through 90,000,000.
    public let latitude: Int32
    /// East positive, from −180,000,000 through 180,000,000.
    public let longitude: Int32

    public init(latitude: Int32, longitude: Int32) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Whether there is such a place.
    public var isOnEarth: Bool {
        (-90_000_000...90_000_000).contains(latitude) && (-180_000_000...180_000_000).contains(longitude)
    }

    /// Metres as the crow flies, rounded up; for telling which place is nearer, not for navigation.
    ///
    /// The earth counts as a ball with a radius of 6,371,008.8 m, on which a microdegree of a great circle is 111.195 mm.
    /// Degrees of longitude shrink with the cosine of the mean latitude, which is Bhaskara I's (7th century):
    /// cos φ = (32400 − 4φ²) ÷ (32400 + φ²) for φ in degrees, off by 0.0016 at most. All numbers are whole. Up to a few
    /// hundred kilometres the result is right to half a percent between the polar circles.
    public func metres(to other: Location) -> Int64 {
        let north = Int128(other.latitude) - Int128(latitude)
        var east = Int128(other.longitude) - Int128(longitude)
        if east > 180_000_000 { east -= 360_000_000 }
        if east < -180_000_000 { east += 360_000_000 }
        // Twice the mean latitude, so that nothing is halved; squared, four times the square in microdegrees.
        let twice = Int128(latitude) + Int128(other.latitude)
        let square = twice * twice
        let whole = Int128(4 * 32_400) * 1_000_000_000_000
        let shrunk = east * (whole - 4 * square) / (whole + square)
        let micrometres = WholeNumbers.squareRootRoundedUp((north * north + shrunk * shrunk) * 111_195 * 111_195)
        return Int64(WholeNumbers.quotientRoundedUp(micrometres, by: 1_000_000))
    }
}

/// How far the facilities of a consortium are apart.
public struct Distances: Sendable {
    private let locations: [FacilityID: Location]
    private let told: [FacilityPair: Int64]

    public init(locations: [FacilityID: Location], told: [FacilityPair: Int64]) {
        self.locations = locations
        self.told = told
    }

    /// Metres: what was told, else as the crow flies; `nil` when nobody knows. A facility is no way from itself.
    public func metres(from one: FacilityID, to other: FacilityID) -> Int64? {
        guard one != other else { return 0 }
        if let metres = told[FacilityPair(one, other)] { return metres }
        guard let here = locations[one], let there = locations[other] else { return nil }
        return here.metres(to: there)
    }
}

/// Two facilities, whichever is named first.
public struct FacilityPair: Sendable, Hashable {
    public let lower: FacilityID
    public let higher: FacilityID

    public init(_ one: FacilityID, _ other: FacilityID) {
        lower = min(one, other)
        higher = max(one, other)
    }
}
