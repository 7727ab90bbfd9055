<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="staffing" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="sector_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="component">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="sector_id" index="0" name="Sector" />
  <alias field="component" index="1" name="Component" />
  <alias field="low" index="2" name="Low" />
  <alias field="central" index="3" name="Central" />
  <alias field="high" index="4" name="High" />
  <alias field="posture" index="5" name="Posture" />
  <alias field="statement" index="6" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="sector_id" />
  <default applyOnUpdate="0" expression="" field="component" />
  <default applyOnUpdate="0" expression="" field="low" />
  <default applyOnUpdate="0" expression="" field="central" />
  <default applyOnUpdate="0" expression="" field="high" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="sector_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="component" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="sector_id" />
  <constraint desc="" exp="" field="component" />
  <constraint desc="" exp="" field="low" />
  <constraint desc="" exp="" field="central" />
  <constraint desc="" exp="" field="high" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="central" />
  <field editable="0" name="component" />
  <field editable="0" name="high" />
  <field editable="0" name="low" />
  <field editable="0" name="posture" />
  <field editable="0" name="sector_id" />
  <field editable="0" name="statement" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"component"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
