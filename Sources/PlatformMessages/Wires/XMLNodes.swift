import StrictXML

// What comes back from a SOAP call.
extension SoapXMLWire {
    func read(_ body: [UInt8], at place: MessagePlace) throws(AnswerDefect) -> WireAnswer {
        let document = try tree(try text(in: body), "the document in the answer")
        guard document.name == "XMLDATA" else { throw AnswerDefect("the document in the answer is no XMLDATA") }
        guard let head = try document.only("HEAD") else { throw AnswerDefect("the answer has no HEAD") }
        let said = try head.values()
        guard let code = said["ZTCLJG"] else { throw AnswerDefect("the answer has no ZTCLJG") }
        var node = WireNode(values: try document.only("MAIN")?.values() ?? [:])
        var rows: [WireNode] = []
        for element in try document.only("DETAIL")?.elements ?? [] {
            guard element.name == "STRUCT" else { throw AnswerDefect("DETAIL holds what is no STRUCT") }
            rows.append(WireNode(values: try element.values()))
        }
        node.lists[Self.lines] = rows
        return WireAnswer(
            envelope: PlatformComplaint(saying: code, said["CWXX"]), business: nil, echo: said["BZXX"] ?? "", node: node)
    }

    /// The document's text: the only thing in the response's only element.
    private func text(in body: [UInt8]) throws(AnswerDefect) -> String {
        let envelope = try tree(body, "the answer")
        guard envelope.name == XMLName("Envelope", in: Self.soap), let content = try envelope.only(XMLName("Body", in: Self.soap))
        else {
            throw AnswerDefect("the answer is no SOAP envelope")
        }
        guard content.first(XMLName("Fault", in: Self.soap)) == nil else { throw AnswerDefect("the answer is a SOAP fault") }
        guard let response = try content.only(XMLName("\(map.element)Response", in: map.namespace)),
            let result = try response.only("return"), result.elements.isEmpty
        else { throw AnswerDefect("the answer is not that of \(map.element)") }
        return result.trimmedText
    }

    private func tree(_ text: String, _ what: String) throws(AnswerDefect) -> XMLTree {
        do {
            return try XMLReader().read(text)
        } catch {
            throw AnswerDefect("\(what): \(error)")
        }
    }

    private func tree(_ bytes: [UInt8], _ what: String) throws(AnswerDefect) -> XMLTree {
        do {
            return try XMLReader().read(bytes)
        } catch {
            throw AnswerDefect("\(what): \(error)")
        }
    }
}

extension XMLTree {
    /// The element of that name; `nil` when there is none.
    fileprivate func only(_ name: XMLName) throws(AnswerDefect) -> XMLTree? {
        let found = all(name)
        guard found.count < 2 else { throw AnswerDefect("\(name.local) stands twice") }
        return found.first
    }

    /// The texts of the elements inside by their names; empty ones are left out.
    fileprivate func values() throws(AnswerDefect) -> [String: String] {
        var values: [String: String] = [:]
        var names: Set<String> = []
        for element in elements {
            guard element.elements.isEmpty else { throw AnswerDefect("\(element.name.local) holds elements") }
            guard names.insert(element.name.local).inserted else { throw AnswerDefect("\(element.name.local) stands twice") }
            let text = element.trimmedText
            if !text.isEmpty { values[element.name.local] = text }
        }
        return values
    }
}
