<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>LoginWords</name>
        <message numerus="yes">
            <source>%n second(s) ago</source>
            <translation>
                <numerusform>%n second ago</numerusform>
                <numerusform>%n seconds ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::BinSheet</name>
        <message numerus="yes">
            <source>Deleted %n day(s) ago</source>
            <translation>
                <numerusform>Deleted %n day ago</numerusform>
                <numerusform>Deleted %n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>gone in %n day(s)</source>
            <translation>
                <numerusform>gone in %n day</numerusform>
                <numerusform>gone in %n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::Desk</name>
        <message numerus="yes">
            <source>%n screen(s) searched. Make the code larger or bring its window to the front.</source>
            <translation>
                <numerusform>%n screen was searched. Make the code larger or bring its window to the front.</numerusform>
                <numerusform>%n screens were searched. Make the code larger or bring its window to the front.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n account(s) added</source>
            <translation>
                <numerusform>%n account added</numerusform>
                <numerusform>%n accounts added</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::ImportSheet</name>
        <message numerus="yes">
            <source>All %n code(s) were read.</source>
            <translation>
                <numerusform>%n code was read.</numerusform>
                <numerusform>All %n codes were read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n account(s)</source>
            <translation>
                <numerusform>Add %n account</numerusform>
                <numerusform>Add %n accounts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n without the rest</source>
            <translation>
                <numerusform>Add %n without the rest</numerusform>
                <numerusform>Add %n without the rest</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::ScanResultSheet</name>
        <message numerus="yes">
            <source>%n code(s) found</source>
            <translation>
                <numerusform>%n code found</numerusform>
                <numerusform>%n codes found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::SecuritySheet</name>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hufu::ServersSheet</name>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n account</numerusform>
                <numerusform>%n accounts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n application(s)</source>
            <translation>
                <numerusform>%n application</numerusform>
                <numerusform>%n applications</numerusform>
            </translation>
        </message>
    </context>
</TS>
