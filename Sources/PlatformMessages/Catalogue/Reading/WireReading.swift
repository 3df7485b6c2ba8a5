import Primitives

// What wires need.
extension CatalogueReader {
    mutating func wire(in root: Section) -> WireMap? {
        guard let part = part("wire", of: root) else { return nil }
        let section = Section(value: part.value, field: "wire")
        return switch dialect {
        case .signedJSON: signedJSON(in: section, of: root)
        case .soapXML: soapXML(in: section)
        case .nationalEnvelope: nationalEnvelope(in: section, of: root)
        case .undescribed, nil: nil
        }
    }

    private mutating func signedJSON(in section: Section, of root: Section) -> WireMap {
        require(only: ["tokenSeconds", "tokenSecondsLeft", "token"], in: section)
        requireTokenPath(in: root)
        return .signedJSON(
            SignedJSONMap(
                token: TokenMap(
                    operation: "token", place: MessagePlace(),
                    request: requestFields("token", in: section, from: Vocabulary.common.names), names: ["accessToken"],
                    seconds: integer("tokenSeconds", in: section, standard: 1_800),
                    secondsLeft: integer("tokenSecondsLeft", in: section, standard: 300), codes: [])))
    }

    private mutating func requireTokenPath(in root: Section) {
        if root.value["paths"]?["token"] == nil { complain(root, "has no path for token", field: "paths") }
    }

    private mutating func soapXML(in section: Section) -> WireMap? {
        require(only: ["namespace", "element", "parameters", "version", "signature", "head"], in: section)
        let parameters = texts("parameters", in: section)
        if parameters.count != 7 { complain(section, "needs seven parameters") }
        guard let namespace = text("namespace", in: section), let element = text("element", in: section),
            let version = text("version", in: section),
            let hex = word("signature", in: section, of: SoapXMLMap.HexCase.allCases.map(\.rawValue)).flatMap(
                SoapXMLMap.HexCase.init)
        else { return nil }
        return .soapXML(
            SoapXMLMap(
                namespace: namespace, element: element, parameters: parameters, version: version, signature: hex,
                head: requestFields("head", in: section, from: Vocabulary.common.names)))
    }

    private mutating func nationalEnvelope(in section: Section, of root: Section) -> WireMap? {
        require(only: ["envelope", "beside", "input", "output", "answer", "token", "gateway"], in: section)
        let names = Vocabulary.common.names
        let envelope = requestFields("envelope", in: section, from: names)
        let fillings = envelope.map(\.filling)
        for name in [NeutralName.operation, .messageID] where !fillings.contains(.name(name)) {
            complain(section, "no field of the envelope gives \(name.rawValue)")
        }
        var place = self.place(in: section)
        if place.output.isEmpty { place.output = [""] }
        let token = section.value["token"].flatMap { self.token(in: section.inside($0, field: "token")) }
        if token != nil { requireTokenPath(in: root) }
        let hasGateway = section.value["gateway"] != nil && word("gateway", in: section, of: ["x-tif"]) != nil
        return .nationalEnvelope(
            NationalEnvelopeMap(
                envelope: envelope, beside: requestFields("beside", in: section, from: names), place: place,
                answer: section.value["answer"].map { self.answer(in: section.inside($0, field: "answer")) } ?? EnvelopeAnswer(),
                token: token, hasGateway: hasGateway))
    }

    private mutating func token(in section: Section) -> TokenMap? {
        require(only: ["operation", "input", "output", "request", "names", "seconds", "secondsLeft", "codes"], in: section)
        let names = texts("names", in: section)
        if names.isEmpty { complain(section, "needs the answer's names of the token") }
        guard let operation = text("operation", in: section) else { return nil }
        return TokenMap(
            operation: operation, place: place(in: section),
            request: requestFields("request", in: section, from: Vocabulary.common.names), names: names,
            seconds: integer("seconds", in: section, standard: 1_800),
            secondsLeft: integer("secondsLeft", in: section, standard: 300), codes: rules("codes", in: section))
    }

    private mutating func answer(in section: Section) -> EnvelopeAnswer {
        require(only: ["codes", "texts", "businessCodes", "businessTexts", "mayLackBusiness"], in: section)
        var answer = EnvelopeAnswer()
        func given(_ name: String, _ standard: [String], _ reader: inout CatalogueReader) -> [String] {
            let names = reader.texts(name, in: section)
            return names.isEmpty ? standard : names
        }
        answer.codes = given("codes", answer.codes, &self)
        answer.texts = given("texts", answer.texts, &self)
        answer.businessCodes = given("businessCodes", answer.businessCodes, &self)
        answer.businessTexts = given("businessTexts", answer.businessTexts, &self)
        answer.mayLackBusiness = flag("mayLackBusiness", in: section)
        return answer
    }
}
